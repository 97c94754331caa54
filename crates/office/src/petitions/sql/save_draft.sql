update petition_drafts set fields = $2 where key_digest = $1

update petition_drafts set fields = $2, changed_on = $3 where key_digest = $1

update petition_drafts set changed_on = $2 where key_digest = $1

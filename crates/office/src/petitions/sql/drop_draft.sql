delete from petition_drafts where key_digest = $1

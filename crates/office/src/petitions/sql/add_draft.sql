insert into petition_drafts (key_digest, fields, changed_on) values ($1, $2, $3)

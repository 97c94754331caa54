insert into reply_templates (id, kind, name, words, changed_by, changed_on, version) values ($1, $2, $3, $4, $5, $6, 1)

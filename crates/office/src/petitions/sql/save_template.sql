update reply_templates
set kind = $3, name = $4, words = $5, changed_by = $6, changed_on = $7, version = version + 1
where id = $1 and version = $2

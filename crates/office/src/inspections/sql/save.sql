update inspections
set state = $3, settled_on = $4, settled_name = $5, settled_words = $6, version = version + 1
where id = $1 and version = $2

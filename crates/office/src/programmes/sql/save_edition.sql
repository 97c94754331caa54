update programme_versions
set state = $3, theme = $4, contents = $5, criteria = $6, forms = $7, author = $8, submitter = $9, version = version + 1
where id = $1 and version = $2

update units
set kind = $3, until_on = $4, merged_into = $5, position = $6, version = version + 1
where id = $1 and version = $2

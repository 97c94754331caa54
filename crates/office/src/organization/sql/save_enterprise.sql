update enterprises
set tax_code = $3, name = $4, search_key = $5, sort_key = $6, kind = $7, commune = $8, version = version + 1
where id = $1 and version = $2

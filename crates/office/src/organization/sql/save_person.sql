update people
set staff_code = $3, name = $4, search_key = $5, sort_key = $6, born_on = $7, female = $8, ethnic_group = $9,
    category = $10, version = version + 1
where id = $1 and version = $2

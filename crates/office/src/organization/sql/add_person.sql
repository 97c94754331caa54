insert into people (id, staff_code, name, search_key, sort_key, born_on, female, ethnic_group, category, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

insert into unit_names (unit, from_on, name, search_key, sort_key, document) values ($1, $2, $3, $4, $5, $6)

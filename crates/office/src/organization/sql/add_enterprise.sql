insert into enterprises (id, tax_code, name, search_key, sort_key, kind, commune, version)
values ($1, $2, $3, $4, $5, $6, $7, $8)

insert into units (id, code, kind, from_on, until_on, merged_into, position, version)
values ($1, $2, $3, $4, $5, $6, $7, $8)

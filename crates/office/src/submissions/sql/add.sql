insert into submissions (id, number, year, signed_on, route, level, state, since_on, created_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)

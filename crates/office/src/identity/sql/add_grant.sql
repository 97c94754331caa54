insert into grants (id, account, role, unit, from_on, until_on) values ($1, $2, $3, $4, $5, $6)

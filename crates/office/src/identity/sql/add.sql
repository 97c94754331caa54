insert into accounts (id, login, name, person, password_hash, failures, locked_until, stopped_on, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)

insert into access_tokens (id, account, name, digest, scope, made_on, last_on) values ($1, $2, $3, $4, $5, $6, $7)

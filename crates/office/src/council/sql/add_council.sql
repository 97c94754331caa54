insert into councils (id, name, document, from_on, until_on) values ($1, $2, $3, $4, $5)

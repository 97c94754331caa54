insert into programmes (id, unit) values ($1, $2)

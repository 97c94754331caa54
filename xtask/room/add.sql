insert into things (id, name, version) values ($1, $2, $3)

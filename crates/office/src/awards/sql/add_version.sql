insert into nomination_versions (nomination, number, made_at, snapshot) values ($1, $2, $3, $4)

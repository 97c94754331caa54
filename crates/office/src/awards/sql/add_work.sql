insert into nomination_initiatives (nomination, initiative) values ($1, $2)

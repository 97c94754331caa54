insert into meetings (id, council, campaign, held_on, place, state, version) values ($1, $2, $3, $4, $5, $6, 1)

insert into council_members (id, council, person, role, position) values ($1, $2, $3, $4, $5)

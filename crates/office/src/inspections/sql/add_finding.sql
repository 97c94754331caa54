insert into findings (id, inspection, what, unit, person, due_on, found_on, version)
values ($1, $2, $3, $4, $5, $6, $7, 1)

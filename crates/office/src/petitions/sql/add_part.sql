insert into petition_units (id, petition, unit, role, asked_on, due_on, opinion) values ($1, $2, $3, $4, $5, $6, '')

insert into inspections (id, subject, clause, unit, planned_on, state, version)
values ($1, $2, $3, $4, $5, $6, 1)

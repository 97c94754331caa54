insert into petition_clocks (id, petition, clock, rule, ground, from_on, length, counts, due_on, is_open)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true)

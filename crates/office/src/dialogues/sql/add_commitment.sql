insert into dialogue_commitments (id, dialogue, what, unit, due_on, task) values ($1, $2, $3, $4, $5, $6)

insert into launches (id, title, message, due_on, launched_at, launched_on, launched_by, launched_by_name)
values ($1, $2, $3, $4, $5, $6, $7, $8)

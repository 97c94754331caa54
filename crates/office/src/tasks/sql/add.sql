insert into tasks
    (id, code, title, search_key, description, clause, unit, parent, weight, first_due_on, due_on, assigned_on, series, series_number, state, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)

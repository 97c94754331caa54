insert into task_series (id, every, first_due_on, last_due_on, version) values ($1, $2, $3, $4, 1)

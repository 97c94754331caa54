insert into task_units (task, unit) values ($1, $2)

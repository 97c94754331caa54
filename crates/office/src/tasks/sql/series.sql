select id, every, first_due_on, last_due_on, ended_on, version from task_series where id = $1

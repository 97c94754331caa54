delete from task_units where task = $1

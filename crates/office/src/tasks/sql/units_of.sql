select task, unit from task_units where task = $1 order by unit

select task, person, left_on from task_doers where task = $1 order by person

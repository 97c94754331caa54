select task, person, left_on from task_doers order by task, person

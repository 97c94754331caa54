select task, unit from task_units order by task, unit

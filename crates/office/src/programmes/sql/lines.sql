select position, clause, task, figure, due_on from programme_lines where edition = $1 order by position

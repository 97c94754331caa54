insert into programme_lines (edition, position, clause, task, figure, due_on)
values ($1, $2, $3, $4, $5, $6)

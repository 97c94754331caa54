insert into covenant_targets (edition, position, clause, what, figure) values ($1, $2, $3, $4, $5)

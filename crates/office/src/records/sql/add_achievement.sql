insert into achievements (id, subject, subject_id, code, year, clause, summary) values ($1, $2, $3, $4, $5, $6, $7)

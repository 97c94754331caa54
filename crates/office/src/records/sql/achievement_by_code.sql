select id, subject, subject_id, code, year, clause, summary from achievements where code = $1

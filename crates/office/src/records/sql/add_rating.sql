insert into ratings (id, subject, subject_id, year, revision, level, decided_on, document)
values ($1, $2, $3, $4, $5, $6, $7, $8)

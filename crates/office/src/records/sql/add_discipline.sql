insert into discipline (id, subject, subject_id, level, from_on, until_on, document)
values ($1, $2, $3, $4, $5, $6, $7)

insert into holds (id, subject, subject_id, kind, from_on, until_on, document, released_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)

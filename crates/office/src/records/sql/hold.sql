select id, subject, subject_id, kind, from_on, until_on, document, released_by from holds where id = $1

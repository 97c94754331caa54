select id, subject, subject_id, kind, from_on, until_on, document, released_by
from holds
where subject = $1 and subject_id = $2
order by from_on, id

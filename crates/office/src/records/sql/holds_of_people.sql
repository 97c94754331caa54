select id, subject, subject_id, kind, from_on, until_on, document, released_by
from holds
where subject = 'person'
order by subject_id, from_on, id

select id, subject, subject_id, level, from_on, until_on, document
from discipline
where subject = 'person'
order by subject_id, from_on, id

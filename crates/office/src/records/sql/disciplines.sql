select id, subject, subject_id, level, from_on, until_on, document
from discipline
where subject = $1 and subject_id = $2
order by from_on, id

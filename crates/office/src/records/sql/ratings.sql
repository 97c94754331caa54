select id, subject, subject_id, year, revision, level, decided_on, document
from ratings
where subject = $1 and subject_id = $2
order by year, revision

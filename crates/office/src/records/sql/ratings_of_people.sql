select id, subject, subject_id, year, revision, level, decided_on, document
from ratings
where subject = 'person'
order by subject_id, year, revision

select id, subject, subject_id, year, revision, level, decided_on, document
from ratings
where subject = 'unit'
order by subject_id, year, revision

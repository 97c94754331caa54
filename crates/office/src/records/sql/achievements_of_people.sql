select id, subject, subject_id, code, year, clause, summary
from achievements
where subject = 'person'
order by subject_id, year, code

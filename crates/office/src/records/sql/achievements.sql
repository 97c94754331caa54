select id, subject, subject_id, code, year, clause, summary
from achievements
where subject = $1 and subject_id = $2
order by year, code

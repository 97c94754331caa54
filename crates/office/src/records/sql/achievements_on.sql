select id, subject, subject_id, code, year, clause, summary
from achievements
where clause = $1
order by year desc, code

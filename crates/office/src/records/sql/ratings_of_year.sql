select subject_id, level
from ratings
where subject = $1 and year = $2 and (decided_on is null or decided_on <= $3)
order by subject_id, revision

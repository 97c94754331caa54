select distinct subject_id
from discipline
where subject = 'person' and from_on <= $2 and (until_on is null or until_on > $1)
order by subject_id

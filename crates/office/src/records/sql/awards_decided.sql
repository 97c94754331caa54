select subject, count(*) as many
from past_awards
where decided_on >= $1 and decided_on <= $2 and (revoked_on is null or revoked_on > $2)
group by subject
order by subject

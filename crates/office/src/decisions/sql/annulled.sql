select id
from decisions
where campaign = $1 and annulled_on is not null
limit 1

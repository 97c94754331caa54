select accounts.id, role, unit, from_on, until_on
from grants
join accounts on accounts.id = grants.account
where stopped_on is null or stopped_on > $1
order by accounts.id

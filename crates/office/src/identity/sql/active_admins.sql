select count(*) as n
from grants
join accounts on accounts.id = grants.account
where grants.role = $1
  and grants.from_on <= $2
  and (grants.until_on is null or grants.until_on > $2)
  and (accounts.stopped_on is null or accounts.stopped_on > $2)

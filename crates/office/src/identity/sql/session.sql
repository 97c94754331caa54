select sessions.began_at, sessions.seen_at,
    accounts.id as account, accounts.name, accounts.person, accounts.stopped_on,
    grants.role, grants.unit, grants.from_on, grants.until_on
from sessions
join accounts on accounts.id = sessions.account
left join grants on grants.account = accounts.id
where sessions.token_hash = $1
order by grants.from_on, grants.id

insert into nomination_events (id, nomination, at, account, verb, reason, state, verdict)
select $1, nominations.id, $3, $4, $5, $6, nominations.state, nominations.verdict
from nominations
where nominations.id = $2

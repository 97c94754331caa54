select id, decision, line, kind, name, title, reason, proposed_by, proposed_on, state, decided_by, decided_on, answer, version
from amendments
where decision = $1
order by id

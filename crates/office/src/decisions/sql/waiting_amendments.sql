select id, decision, line, kind, name, title, reason, proposed_by, proposed_on, state, decided_by, decided_on, answer, version
from amendments
where state = 'proposed'
order by id

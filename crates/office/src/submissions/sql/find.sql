select id, number, signed_on, route, level, state, since_on, reason, decision_number, decided_on, created_by, version
from submissions
where id = $1

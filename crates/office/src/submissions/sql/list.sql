select id, number, signed_on, route, level, state, since_on, reason, decision_number, decided_on, created_by, version
from submissions
order by signed_on desc, id desc

select id, code_digest, state, received_on, closed_on, code_box, body_box, identity_box, unit_box, outcome_box, erased_on, version
from conduct_reports
where code_digest = $1

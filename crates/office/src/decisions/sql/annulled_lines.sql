select decision_lines.id
from decision_lines
join decisions on decisions.id = decision_lines.decision
where decisions.annulled_on is not null

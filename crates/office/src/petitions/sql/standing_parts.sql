select id, petition, unit, role, asked_on, due_on, opinion, answered_on, ended_on
from petition_units
where ended_on is null
order by id

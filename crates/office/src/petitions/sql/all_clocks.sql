select id, petition, clock, rule, ground, from_on, length, counts, due_on, met_on, is_open
from petition_clocks
where $1 = false or is_open = true
order by id

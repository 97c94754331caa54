select id, subject, clause, unit, planned_on, state, settled_on, settled_name, settled_words, version
from inspections
where id = $1

select id, subject, clause, unit, planned_on, state, settled_on, settled_name, settled_words, version
from inspections
order by planned_on desc, id desc

select id, inspection, what, unit, person, due_on, found_on, closed_by, closed_name, closed_on, closed_words, version
from findings
where id = $1

select id, code, title, description, clause, unit, parent, weight, first_due_on, due_on, assigned_on, series, series_number, state,
    reported_by, reported_person, reported_name, reported_on, reported_words,
    settled_by, settled_person, settled_name, settled_on, settled_words, version
from tasks
where parent = $1
order by first_due_on, id

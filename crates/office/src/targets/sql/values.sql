select id, indicator, unit, period, definition, amount, level, narrative, remark, follow_up, state, entered_by, entered_name,
    entered_at, settled_name, settled_at, settled_words, version
from indicator_values
where period >= $1 and period < $2
order by indicator, period, id

select id, indicator, unit, period, definition, amount, level, narrative, remark, follow_up, state, entered_by, entered_name,
    entered_at, settled_name, settled_at, settled_words, version
from indicator_values
where indicator = $1 and period < $2 and unit is not distinct from $3 and amount is not null and state <> 'returned'
order by period desc
limit 1

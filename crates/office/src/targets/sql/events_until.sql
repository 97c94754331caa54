select value, kind, happened_on, happened_at, name, words, amount, level, state
from indicator_value_events
where happened_on <= $1
order by value, id

select value, kind, happened_on, happened_at, name, words, amount, level, state
from indicator_value_events
where value = $1
order by id

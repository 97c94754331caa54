select id, kind, state, happened_at, happened_on, name, words, shown
from petition_events
where petition = $1
order by happened_at, id

select indicator, period, standing, amount, reported, definition, name, happened_at, words, version
from indicator_approvals
where indicator = $1 and period = $2

select action, count(*) as many
from ledger_entries
where at >= $1
group by action
order by many desc, action

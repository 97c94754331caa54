select seq, at, account, actor, action, subject, subject_id, ground, fields, previous, hash
from ledger_entries
where seq > $1
order by seq
limit $2

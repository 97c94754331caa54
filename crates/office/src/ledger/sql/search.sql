select seq, at, account, actor, action, subject, subject_id, ground, fields, previous, hash
from ledger_entries
where seq < $1
  and ($2 is null or action = $2)
  and ($3 is null or subject = $3)
  and ($4 is null or subject_id = $4)
  and ($5 is null or account = $5)
order by seq desc
limit $6

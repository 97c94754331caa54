select seq, at, account, actor, action, subject, subject_id, ground, fields, previous, hash
from ledger_entries
where seq < $1
  and (action = $2 or $2 is null)
  and (subject = $3 or $3 is null)
  and (subject_id = $4 or $4 is null)
  and (account = $5 or $5 is null)
  and (action not like $7 or $7 is null)
  and (at >= $8 or $8 is null)
  and (at < $9 or $9 is null)
order by seq desc
limit $6

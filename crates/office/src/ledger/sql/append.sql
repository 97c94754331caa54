insert into ledger_entries (seq, at, account, actor, action, subject, subject_id, ground, fields, previous, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

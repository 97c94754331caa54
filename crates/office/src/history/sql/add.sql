insert into entry_changes (id, kind, entry, owner, at, account, verb, was) values ($1, $2, $3, $4, $5, $6, $7, $8)

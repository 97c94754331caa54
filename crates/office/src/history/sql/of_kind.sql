select kind, entry, owner, at, account, verb, was from entry_changes where kind = $1 order by at, id

select kind, entry, owner, at, account, verb, was from entry_changes where owner = $1 order by at, id

select kind, entry, owner, at, account, verb, was from entry_changes where entry = $1 and kind = $2 order by at, id

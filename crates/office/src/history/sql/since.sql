select kind, owner, max(at) as at from entry_changes where at > $1 group by kind, owner

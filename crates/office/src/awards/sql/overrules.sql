select kind, reason, account, overruled_on from overrules where nomination = $1 order by id

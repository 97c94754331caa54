select at, account, verb, reason from nomination_events where nomination = $1 order by id

insert into nomination_events (id, nomination, at, account, verb, reason) values ($1, $2, $3, $4, $5, $6)

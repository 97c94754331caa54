insert into overrules (id, nomination, kind, reason, account, overruled_on) values ($1, $2, $3, $4, $5, $6)

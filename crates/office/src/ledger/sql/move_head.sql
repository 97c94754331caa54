update ledger_head set seq = $1, hash = $2, signature = $3 where id = 1

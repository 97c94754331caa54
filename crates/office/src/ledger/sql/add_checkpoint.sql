insert into ledger_checkpoints (day, seq, hash, signature) values ($1, $2, $3, $4)

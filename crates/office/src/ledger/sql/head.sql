select seq, hash from ledger_head where id = 1

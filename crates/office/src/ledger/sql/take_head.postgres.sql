select seq, hash from ledger_head where id = 1 for update

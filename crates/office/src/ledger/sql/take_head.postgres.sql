select seq, hash, signature from ledger_head where id = 1 for update

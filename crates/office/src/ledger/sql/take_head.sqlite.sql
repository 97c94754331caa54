update ledger_head set seq = seq where id = 1 returning seq, hash, signature

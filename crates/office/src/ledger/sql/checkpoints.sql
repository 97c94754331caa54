select day, seq, hash, signature from ledger_checkpoints order by day

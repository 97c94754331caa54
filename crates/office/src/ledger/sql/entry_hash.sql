select hash from ledger_entries where seq = $1

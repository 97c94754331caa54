create index ledger_by_time on ledger_entries (at, action);

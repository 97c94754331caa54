select distinct subject_id from ledger_entries where action = $1

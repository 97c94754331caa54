-- The house's signature over the newest entry, renewed with every entry: the ledger's end is not cut unseen.
alter table ledger_head add column signature bytea;

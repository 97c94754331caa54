create table ledger_entries (
    seq integer primary key,
    at text not null,
    account blob,
    actor text not null,
    action text not null,
    subject text not null,
    subject_id text not null,
    ground text,
    fields text not null,
    previous blob not null,
    hash blob not null
) strict;
create index ledger_by_subject on ledger_entries (subject, subject_id, seq);
create index ledger_by_action on ledger_entries (action, seq);

create table ledger_head (
    id integer primary key check (id = 1),
    seq integer not null,
    hash blob not null
) strict;
insert into ledger_head (id, seq, hash) values (1, 0, zeroblob(32));

create table ledger_checkpoints (
    day text primary key,
    seq integer not null,
    hash blob not null,
    signature blob not null
) strict;

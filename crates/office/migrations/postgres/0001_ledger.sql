create table ledger_entries (
    seq bigint primary key,
    at timestamptz not null,
    account uuid,
    actor text not null,
    action text not null,
    subject text not null,
    subject_id text not null,
    ground text,
    fields text not null,
    previous bytea not null,
    hash bytea not null
);
create index ledger_by_subject on ledger_entries (subject, subject_id, seq);
create index ledger_by_action on ledger_entries (action, seq);

create table ledger_head (
    id bigint primary key check (id = 1),
    seq bigint not null,
    hash bytea not null
);
insert into ledger_head (id, seq, hash) values (1, 0, decode(repeat('00', 32), 'hex'));

create table ledger_checkpoints (
    day date primary key,
    seq bigint not null,
    hash bytea not null,
    signature bytea not null
);

-- One row: who writes takes it first, so that two never write past each other.
create table fund_book (
    id integer primary key check (id = 1),
    version integer not null,
    remind_days integer,
    organising_share_bp integer,
    document text
) strict;
insert into fund_book (id, version) values (1, 0);

create table fund_entries (
    id blob primary key,
    year integer not null,
    number integer not null,
    kind text not null,
    amount integer not null check (amount <> 0),
    happened_on text not null,
    document text not null,
    words text not null,
    line blob references decision_lines (id),
    reverses blob unique references fund_entries (id),
    recorded_at text not null,
    account blob references accounts (id),
    unique (year, number)
) strict;

create table fund_years (
    year integer primary key,
    closed_on text not null,
    closed_by blob references accounts (id),
    opening integer not null,
    income integer not null,
    bonuses integer not null,
    expenses integer not null,
    balance integer not null
) strict;

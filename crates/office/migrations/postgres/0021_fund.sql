-- One row: who writes takes it first, so that two never write past each other.
create table fund_book (
    id bigint primary key check (id = 1),
    version bigint not null,
    remind_days bigint,
    organising_share_bp bigint,
    document text
);
insert into fund_book (id, version) values (1, 0);

create table fund_entries (
    id uuid primary key,
    year bigint not null,
    number bigint not null,
    kind text not null,
    amount bigint not null check (amount <> 0),
    happened_on date not null,
    document text not null,
    words text not null,
    line uuid references decision_lines (id),
    reverses uuid unique references fund_entries (id),
    recorded_at timestamptz not null,
    account uuid references accounts (id),
    unique (year, number)
);

create table fund_years (
    year bigint primary key,
    closed_on date not null,
    closed_by uuid references accounts (id),
    opening bigint not null,
    income bigint not null,
    bonuses bigint not null,
    expenses bigint not null,
    balance bigint not null
);

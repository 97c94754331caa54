-- Notices to people: in the house, and by mail to an address they confirmed.
create table notices (
    id uuid primary key,
    account uuid not null references accounts (id),
    kind text not null,
    dedup text not null,
    subject text not null,
    url text not null,
    raised_at timestamptz not null,
    read_at timestamptz,
    unique (account, dedup)
);
create index notices_by_account on notices (account, raised_at);

-- An account's own mail address; nothing but the question to confirm it is sent there before it is confirmed.
create table notice_addresses (
    account uuid primary key references accounts (id),
    address text not null,
    entered_at timestamptz not null,
    confirmed_at timestamptz
);

-- Kinds of notices that an account does not want by mail.
create table notice_silences (
    account uuid not null references accounts (id),
    kind text not null,
    primary key (account, kind)
);

-- Letters to be sent. One without a notice asks to confirm the address.
create table notice_mails (
    id uuid primary key,
    account uuid not null references accounts (id),
    notice uuid references notices (id),
    address text not null,
    state text not null,
    attempts bigint not null,
    queued_at timestamptz not null,
    next_at timestamptz not null,
    sent_at timestamptz,
    fault text
);
create index notice_mails_by_state on notice_mails (state, next_at);

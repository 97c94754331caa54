-- Notices to people: in the house, and by mail to an address they confirmed.
create table notices (
    id blob primary key,
    account blob not null references accounts (id),
    kind text not null,
    dedup text not null,
    subject text not null,
    url text not null,
    raised_at text not null,
    read_at text,
    unique (account, dedup)
) strict;
create index notices_by_account on notices (account, raised_at);

-- An account's own mail address; nothing but the question to confirm it is sent there before it is confirmed.
create table notice_addresses (
    account blob primary key references accounts (id),
    address text not null,
    entered_at text not null,
    confirmed_at text
) strict;

-- Kinds of notices that an account does not want by mail.
create table notice_silences (
    account blob not null references accounts (id),
    kind text not null,
    primary key (account, kind)
) strict;

-- Letters to be sent. One without a notice asks to confirm the address.
create table notice_mails (
    id blob primary key,
    account blob not null references accounts (id),
    notice blob references notices (id),
    address text not null,
    state text not null,
    attempts integer not null,
    queued_at text not null,
    next_at text not null,
    sent_at text,
    fault text
) strict;
create index notice_mails_by_state on notice_mails (state, next_at);

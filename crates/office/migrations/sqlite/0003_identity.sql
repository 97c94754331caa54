create table accounts (
    id blob primary key,
    login text not null unique,
    name text not null,
    person blob references people (id),
    password_hash text,
    failures integer not null,
    locked_until text,
    stopped_on text,
    version integer not null
) strict;

create table grants (
    id blob primary key,
    account blob not null references accounts (id),
    role text not null,
    unit blob references units (id),
    from_on text not null,
    until_on text
) strict;
create index grants_by_account on grants (account);

create table sessions (
    token_hash blob primary key,
    account blob not null references accounts (id),
    began_at text not null,
    seen_at text not null
) strict;
create index sessions_by_account on sessions (account);

create table invitations (
    token_hash blob primary key,
    account blob references accounts (id),
    expires_at text not null
) strict;

create table accounts (
    id uuid primary key,
    login text not null unique,
    name text not null,
    person uuid references people (id),
    password_hash text,
    failures bigint not null,
    locked_until timestamptz,
    stopped_on date,
    version bigint not null
);

create table grants (
    id uuid primary key,
    account uuid not null references accounts (id),
    role text not null,
    unit uuid references units (id),
    from_on date not null,
    until_on date
);
create index grants_by_account on grants (account);

create table sessions (
    token_hash bytea primary key,
    account uuid not null references accounts (id),
    began_at timestamptz not null,
    seen_at timestamptz not null
);
create index sessions_by_account on sessions (account);

create table invitations (
    token_hash bytea primary key,
    account uuid references accounts (id),
    expires_at timestamptz not null
);

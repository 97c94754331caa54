create table access_tokens (
    id uuid primary key,
    account uuid not null references accounts (id),
    name text not null,
    digest text not null unique,
    scope text not null,
    made_on date not null,
    last_on date not null,
    used_on date,
    withdrawn_on date
);
create index access_tokens_by_account on access_tokens (account);

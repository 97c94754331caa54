create table access_tokens (
    id blob primary key,
    account blob not null references accounts (id),
    name text not null,
    digest text not null unique,
    scope text not null,
    made_on text not null,
    last_on text not null,
    used_on text,
    withdrawn_on text
) strict;
create index access_tokens_by_account on access_tokens (account);

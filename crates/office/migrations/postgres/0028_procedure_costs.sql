create table procedure_costs (
    procedure_code text not null,
    version bigint not null,
    body text not null,
    reason text not null,
    account uuid references accounts (id),
    saved_at timestamptz not null,
    primary key (procedure_code, version)
);

create table cost_formula_confirmations (
    formula text not null,
    version bigint not null,
    document text not null,
    account uuid references accounts (id),
    confirmed_at timestamptz not null,
    primary key (formula, version)
);

create table procedure_costs (
    procedure_code text not null,
    version integer not null,
    body text not null,
    reason text not null,
    account blob references accounts (id),
    saved_at text not null,
    primary key (procedure_code, version)
) strict;

create table cost_formula_confirmations (
    formula text not null,
    version integer not null,
    document text not null,
    account blob references accounts (id),
    confirmed_at text not null,
    primary key (formula, version)
) strict;

create table dossier_mappings (
    source text not null,
    version bigint not null,
    body text not null,
    account uuid references accounts (id),
    saved_at timestamptz not null,
    primary key (source, version)
);

create table dossier_imports (
    id uuid primary key,
    source text not null,
    digest text not null,
    mapping_version bigint not null,
    state text not null,
    row_count bigint not null,
    created bigint not null,
    updated bigint not null,
    unchanged bigint not null,
    rejected bigint not null,
    unknown_columns text not null,
    dropped_columns text not null,
    why text not null,
    account uuid references accounts (id),
    began_at timestamptz not null,
    moved_at timestamptz not null
);

create table dossier_faults (
    import uuid not null references dossier_imports (id),
    place bigint not null,
    line bigint not null,
    name text not null,
    value text not null,
    what text not null,
    primary key (import, place)
);

create table dossier_procedures (
    code text primary key,
    name text not null
);

create table dossiers (
    code text primary key,
    source text not null,
    unit text not null,
    procedure_code text not null,
    month text not null,
    status text not null,
    channel text,
    received_on date not null,
    due_on date,
    finished_on date,
    asked_on date,
    supplied_on date,
    supplements bigint not null,
    legal_days bigint,
    committed_days bigint,
    input_digitised boolean,
    result_digitised boolean,
    rating bigint,
    class text not null,
    held_to date,
    days bigint
);
create index dossiers_by_month on dossiers (month, unit, code);

create table dossier_tallies (
    procedure_code text not null,
    month text not null,
    unit text not null,
    measure text not null,
    value bigint not null,
    many bigint not null,
    primary key (procedure_code, month, unit, measure, value)
);

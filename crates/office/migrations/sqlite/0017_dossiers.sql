create table dossier_mappings (
    source text not null,
    version integer not null,
    body text not null,
    account blob references accounts (id),
    saved_at text not null,
    primary key (source, version)
) strict;

create table dossier_imports (
    id blob primary key,
    source text not null,
    digest text not null,
    mapping_version integer not null,
    state text not null,
    row_count integer not null,
    created integer not null,
    updated integer not null,
    unchanged integer not null,
    rejected integer not null,
    unknown_columns text not null,
    dropped_columns text not null,
    why text not null,
    account blob references accounts (id),
    began_at text not null,
    moved_at text not null
) strict;

create table dossier_faults (
    import blob not null references dossier_imports (id),
    place integer not null,
    line integer not null,
    name text not null,
    value text not null,
    what text not null,
    primary key (import, place)
) strict;

create table dossier_procedures (
    code text primary key,
    name text not null
) strict;

create table dossiers (
    code text primary key,
    source text not null,
    unit text not null,
    procedure_code text not null,
    month text not null,
    status text not null,
    channel text,
    received_on text not null,
    due_on text,
    finished_on text,
    asked_on text,
    supplied_on text,
    supplements integer not null,
    legal_days integer,
    committed_days integer,
    input_digitised integer,
    result_digitised integer,
    rating integer,
    class text not null,
    held_to text,
    days integer
) strict;
create index dossiers_by_month on dossiers (month, unit, code);

create table dossier_tallies (
    procedure_code text not null,
    month text not null,
    unit text not null,
    measure text not null,
    value integer not null,
    many integer not null,
    primary key (procedure_code, month, unit, measure, value)
) strict;

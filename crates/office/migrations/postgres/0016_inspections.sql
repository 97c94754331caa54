create table inspections (
    id uuid primary key,
    subject text not null,
    clause text not null,
    unit uuid not null references units (id),
    planned_on date not null,
    state text not null,
    settled_on date,
    settled_name text,
    settled_words text,
    version bigint not null
);
create index inspections_by_unit on inspections (unit);
create index inspections_by_clause on inspections (clause);

create table inspection_people (
    inspection uuid not null references inspections (id),
    person uuid not null references people (id),
    position bigint not null,
    primary key (inspection, person)
);

create table findings (
    id uuid primary key,
    inspection uuid not null references inspections (id),
    what text not null,
    unit uuid not null references units (id),
    person uuid references people (id),
    due_on date not null,
    found_on date not null,
    closed_by uuid references accounts (id),
    closed_name text,
    closed_on date,
    closed_words text,
    version bigint not null
);
create index findings_by_unit on findings (unit, due_on);
create index findings_by_inspection on findings (inspection, id);

create table finding_files (
    id uuid primary key,
    finding uuid not null references findings (id),
    name text not null,
    digest text not null,
    size bigint not null,
    media_type text not null,
    recorded_at timestamptz not null,
    recorded_by text not null
);
create index finding_files_by_finding on finding_files (finding, id);

create table inspections (
    id blob primary key,
    subject text not null,
    clause text not null,
    unit blob not null references units (id),
    planned_on text not null,
    state text not null,
    settled_on text,
    settled_name text,
    settled_words text,
    version integer not null
) strict;
create index inspections_by_unit on inspections (unit);
create index inspections_by_clause on inspections (clause);

create table inspection_people (
    inspection blob not null references inspections (id),
    person blob not null references people (id),
    position integer not null,
    primary key (inspection, person)
) strict;

create table findings (
    id blob primary key,
    inspection blob not null references inspections (id),
    what text not null,
    unit blob not null references units (id),
    person blob references people (id),
    due_on text not null,
    found_on text not null,
    closed_by blob references accounts (id),
    closed_name text,
    closed_on text,
    closed_words text,
    version integer not null
) strict;
create index findings_by_unit on findings (unit, due_on);
create index findings_by_inspection on findings (inspection, id);

create table finding_files (
    id blob primary key,
    finding blob not null references findings (id),
    name text not null,
    digest text not null,
    size integer not null,
    media_type text not null,
    recorded_at text not null,
    recorded_by text not null
) strict;
create index finding_files_by_finding on finding_files (finding, id);

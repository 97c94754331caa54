create table ratings (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    year integer not null,
    revision integer not null,
    level text not null,
    decided_on text,
    document text,
    unique (subject, subject_id, year, revision)
) strict;

create table past_awards (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    award text not null,
    year integer not null,
    type text not null,
    number text not null,
    decided_on text not null,
    achievement blob,
    decision_line blob,
    revoked_on text,
    unique (subject, subject_id, award, year, number)
) strict;

create table initiatives (
    id blob primary key,
    code text not null unique,
    name text not null,
    recognised_on text,
    scope text not null,
    replicable integer,
    document text
) strict;
create table initiative_authors (
    initiative blob not null references initiatives (id),
    person blob not null references people (id),
    share_percent integer not null,
    primary key (initiative, person)
) strict;

create table discipline (
    id blob primary key,
    person blob not null references people (id),
    level text not null,
    from_on text not null,
    until_on text,
    document text not null
) strict;

create table holds (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    kind text not null,
    from_on text not null,
    until_on text,
    document text not null
) strict;

create table achievements (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    code text not null unique,
    year integer not null,
    clause text not null,
    summary text not null
) strict;

create table movement_results (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    stage text not null,
    year integer not null,
    quality text not null,
    leads integer not null,
    document text not null,
    unique (subject, subject_id, stage, year)
) strict;

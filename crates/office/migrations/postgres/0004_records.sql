create table ratings (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    year bigint not null,
    revision bigint not null,
    level text not null,
    decided_on date,
    document text,
    unique (subject, subject_id, year, revision)
);

create table past_awards (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    award text not null,
    year bigint not null,
    type text not null,
    number text not null,
    decided_on date not null,
    achievement uuid,
    decision_line uuid,
    revoked_on date,
    unique (subject, subject_id, award, year, number)
);

create table initiatives (
    id uuid primary key,
    code text not null unique,
    name text not null,
    recognised_on date,
    scope text not null,
    replicable boolean,
    document text
);
create table initiative_authors (
    initiative uuid not null references initiatives (id),
    person uuid not null references people (id),
    share_percent bigint not null,
    primary key (initiative, person)
);

create table discipline (
    id uuid primary key,
    person uuid not null references people (id),
    level text not null,
    from_on date not null,
    until_on date,
    document text not null
);

create table holds (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    kind text not null,
    from_on date not null,
    until_on date,
    document text not null
);

create table achievements (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    code text not null unique,
    year bigint not null,
    clause text not null,
    summary text not null
);

create table movement_results (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    stage text not null,
    year bigint not null,
    quality text not null,
    leads boolean not null,
    document text not null,
    unique (subject, subject_id, stage, year)
);

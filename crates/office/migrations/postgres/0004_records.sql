create table registers (
    register text primary key,
    complete_since date not null,
    document text not null
);

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

create table achievements (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    code text not null unique,
    year bigint not null,
    clause text not null,
    summary text not null
);
create index achievements_by_subject on achievements (subject, subject_id);

create table past_awards (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    award text not null,
    year bigint not null,
    type text not null,
    number text not null,
    decided_on date not null,
    achievement uuid references achievements (id),
    decision_line uuid,
    revoked_on date,
    unique (subject, subject_id, award, year, number)
);
create index past_awards_by_achievement on past_awards (achievement);

create table initiatives (
    id uuid primary key,
    code text not null unique,
    name text not null,
    search_key text not null,
    recognised_on date,
    scope text not null,
    replicable boolean,
    document text,
    version bigint not null
);

create table initiative_authors (
    initiative uuid not null references initiatives (id),
    person uuid not null references people (id),
    share_percent bigint not null,
    primary key (initiative, person)
);
create index initiative_authors_by_person on initiative_authors (person);

create table initiative_uses (
    initiative uuid not null references initiatives (id),
    person uuid not null references people (id),
    award text not null,
    year bigint not null,
    primary key (initiative, person, award, year)
);

create table discipline (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    level text not null,
    from_on date not null,
    until_on date,
    document text not null
);
create index discipline_by_subject on discipline (subject, subject_id);

create table holds (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    kind text not null,
    from_on date not null,
    until_on date,
    document text not null,
    released_by text
);
create index holds_by_subject on holds (subject, subject_id);

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

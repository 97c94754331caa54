create table registers (
    register text primary key,
    complete_since text not null,
    document text not null
) strict;

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

create table achievements (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    code text not null unique,
    year integer not null,
    clause text not null,
    summary text not null
) strict;
create index achievements_by_subject on achievements (subject, subject_id);

create table past_awards (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    award text not null,
    year integer not null,
    type text not null,
    number text not null,
    decided_on text not null,
    achievement blob references achievements (id),
    decision_line blob,
    revoked_on text,
    unique (subject, subject_id, award, year, number)
) strict;
create index past_awards_by_achievement on past_awards (achievement);

create table initiatives (
    id blob primary key,
    code text not null unique,
    name text not null,
    search_key text not null,
    recognised_on text,
    scope text not null,
    replicable integer,
    document text,
    version integer not null
) strict;

create table initiative_authors (
    initiative blob not null references initiatives (id),
    person blob not null references people (id),
    share_percent integer not null,
    primary key (initiative, person)
) strict;
create index initiative_authors_by_person on initiative_authors (person);

create table initiative_uses (
    initiative blob not null references initiatives (id),
    person blob not null references people (id),
    award text not null,
    year integer not null,
    primary key (initiative, person, award, year)
) strict;

create table discipline (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    level text not null,
    from_on text not null,
    until_on text,
    document text not null
) strict;
create index discipline_by_subject on discipline (subject, subject_id);

create table holds (
    id blob primary key,
    subject text not null,
    subject_id blob not null,
    kind text not null,
    from_on text not null,
    until_on text,
    document text not null,
    released_by text
) strict;
create index holds_by_subject on holds (subject, subject_id);

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

create table task_series (
    id blob primary key,
    every text not null,
    first_due_on text not null,
    last_due_on text not null,
    ended_on text,
    version integer not null
) strict;

create table tasks (
    id blob primary key,
    code text not null unique,
    title text not null,
    search_key text not null,
    description text not null,
    clause text not null,
    unit blob not null references units (id),
    parent blob references tasks (id),
    weight integer not null,
    first_due_on text not null,
    due_on text not null,
    assigned_on text not null,
    series blob references task_series (id),
    series_number integer,
    state text not null,
    reported_by blob references accounts (id),
    reported_person blob references people (id),
    reported_name text,
    reported_on text,
    reported_words text,
    settled_by blob references accounts (id),
    settled_person blob references people (id),
    settled_name text,
    settled_on text,
    settled_words text,
    version integer not null,
    unique (series, series_number)
) strict;
create index tasks_by_clause on tasks (clause);
create index tasks_by_unit on tasks (unit);
create index tasks_by_parent on tasks (parent);

create table task_units (
    task blob not null references tasks (id),
    unit blob not null references units (id),
    primary key (task, unit)
) strict;

create table task_doers (
    task blob not null references tasks (id),
    person blob not null references people (id),
    left_on text,
    primary key (task, person)
) strict;
create index task_doers_by_person on task_doers (person);

create table task_events (
    id blob primary key,
    task blob not null references tasks (id),
    kind text not null,
    happened_on text not null,
    happened_at text not null,
    account blob references accounts (id),
    person blob references people (id),
    name text not null,
    words text not null,
    due_was text,
    due_became text
) strict;
create index task_events_by_task on task_events (task, id);

create table task_files (
    id blob primary key,
    task blob not null references tasks (id),
    name text not null,
    digest text not null,
    size integer not null,
    media_type text not null,
    recorded_at text not null,
    recorded_by text not null
) strict;
create index task_files_by_task on task_files (task, id);

create table task_feeds (
    id blob primary key,
    account blob not null references accounts (id),
    digest text not null unique,
    made_on text not null,
    withdrawn_on text
) strict;
create index task_feeds_by_account on task_feeds (account);

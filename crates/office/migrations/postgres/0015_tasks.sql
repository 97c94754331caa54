create table task_series (
    id uuid primary key,
    every text not null,
    first_due_on date not null,
    last_due_on date not null,
    ended_on date,
    version bigint not null
);

create table tasks (
    id uuid primary key,
    code text not null unique,
    title text not null,
    search_key text not null,
    description text not null,
    clause text not null,
    unit uuid not null references units (id),
    parent uuid references tasks (id),
    weight bigint not null,
    first_due_on date not null,
    due_on date not null,
    assigned_on date not null,
    series uuid references task_series (id),
    series_number bigint,
    state text not null,
    reported_by uuid references accounts (id),
    reported_person uuid references people (id),
    reported_name text,
    reported_on date,
    reported_words text,
    settled_by uuid references accounts (id),
    settled_person uuid references people (id),
    settled_name text,
    settled_on date,
    settled_words text,
    version bigint not null,
    unique (series, series_number)
);
create index tasks_by_clause on tasks (clause);
create index tasks_by_unit on tasks (unit);
create index tasks_by_parent on tasks (parent);

create table task_units (
    task uuid not null references tasks (id),
    unit uuid not null references units (id),
    primary key (task, unit)
);

create table task_doers (
    task uuid not null references tasks (id),
    person uuid not null references people (id),
    left_on date,
    primary key (task, person)
);
create index task_doers_by_person on task_doers (person);

create table task_events (
    id uuid primary key,
    task uuid not null references tasks (id),
    kind text not null,
    happened_on date not null,
    happened_at timestamptz not null,
    account uuid references accounts (id),
    person uuid references people (id),
    name text not null,
    words text not null,
    due_was date,
    due_became date
);
create index task_events_by_task on task_events (task, id);

create table task_files (
    id uuid primary key,
    task uuid not null references tasks (id),
    name text not null,
    digest text not null,
    size bigint not null,
    media_type text not null,
    recorded_at timestamptz not null,
    recorded_by text not null
);
create index task_files_by_task on task_files (task, id);

create table task_feeds (
    id uuid primary key,
    account uuid not null references accounts (id),
    digest text not null unique,
    made_on date not null,
    withdrawn_on date
);
create index task_feeds_by_account on task_feeds (account);

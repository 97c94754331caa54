create table submissions (
    id uuid primary key,
    number text not null,
    year bigint not null,
    signed_on date not null,
    route text not null,
    level bigint not null,
    state text not null,
    since_on date not null,
    reason text,
    decision_number text,
    decided_on date,
    created_by uuid references accounts (id),
    version bigint not null,
    unique (year, number)
);

create table submission_lines (
    submission uuid not null references submissions (id),
    position bigint not null,
    nomination uuid not null references nominations (id),
    outcome text,
    standing bigint not null,
    primary key (submission, nomination)
);
create unique index submission_lines_standing on submission_lines (nomination) where standing = 1;

create table submission_steps (
    id uuid primary key,
    submission uuid not null references submissions (id),
    kind text not null,
    happened_on date not null,
    level text not null,
    words text not null,
    recorded_at timestamptz not null,
    account uuid references accounts (id)
);
create index submission_steps_by_submission on submission_steps (submission, id);

create table submission_files (
    id uuid primary key,
    submission uuid not null references submissions (id),
    name text not null,
    digest text not null,
    size bigint not null,
    media_type text not null,
    recorded_at timestamptz not null
);
create index submission_files_by_submission on submission_files (submission, id);

create table submissions (
    id blob primary key,
    number text not null,
    year integer not null,
    signed_on text not null,
    route text not null,
    level integer not null,
    state text not null,
    since_on text not null,
    reason text,
    decision_number text,
    decided_on text,
    created_by blob references accounts (id),
    version integer not null,
    unique (year, number)
) strict;

create table submission_lines (
    submission blob not null references submissions (id),
    position integer not null,
    nomination blob not null references nominations (id),
    outcome text,
    standing integer not null,
    primary key (submission, nomination)
) strict;
create unique index submission_lines_standing on submission_lines (nomination) where standing = 1;

create table submission_steps (
    id blob primary key,
    submission blob not null references submissions (id),
    kind text not null,
    happened_on text not null,
    level text not null,
    words text not null,
    recorded_at text not null,
    account blob references accounts (id)
) strict;
create index submission_steps_by_submission on submission_steps (submission, id);

create table submission_files (
    id blob primary key,
    submission blob not null references submissions (id),
    name text not null,
    digest text not null,
    size integer not null,
    media_type text not null,
    recorded_at text not null
) strict;
create index submission_files_by_submission on submission_files (submission, id);

create table programme_settings (
    id integer primary key check (id = 1),
    version integer not null,
    shortest_reason integer not null
) strict;
insert into programme_settings (id, version, shortest_reason) values (1, 0, 20);

create table launches (
    id blob primary key,
    title text not null,
    message text not null,
    due_on text not null,
    launched_at text not null,
    launched_on text not null,
    launched_by blob references accounts (id),
    launched_by_name text not null
) strict;

create table launch_receipts (
    launch blob not null references launches (id),
    unit blob not null references units (id),
    opened_at text,
    opened_by blob references accounts (id),
    opened_by_name text,
    primary key (launch, unit)
) strict;

create table launch_reminders (
    launch blob not null references launches (id),
    unit blob not null references units (id),
    reminded_on text not null,
    reminded_by blob references accounts (id),
    primary key (launch, unit, reminded_on)
) strict;

create table programmes (
    id blob primary key,
    unit blob not null unique references units (id)
) strict;

create table programme_versions (
    id blob primary key,
    programme blob not null references programmes (id),
    number integer not null,
    state text not null,
    theme text not null,
    contents text not null,
    criteria text not null,
    forms text not null,
    author blob references accounts (id),
    submitter blob references accounts (id),
    version integer not null,
    unique (programme, number)
) strict;

create table programme_lines (
    edition blob not null references programme_versions (id),
    position integer not null,
    clause text not null,
    task text not null,
    figure text not null,
    due_on text,
    primary key (edition, position)
) strict;
create index programme_lines_by_clause on programme_lines (clause);

create table programme_events (
    id blob primary key,
    programme blob not null references programmes (id),
    number integer not null,
    state text not null,
    happened_on text not null,
    happened_at text not null,
    account blob references accounts (id),
    name text not null,
    reason text not null
) strict;
create index programme_events_by_programme on programme_events (programme, id);

create table covenants (
    id blob primary key,
    name text not null
) strict;

create table covenant_versions (
    id blob primary key,
    covenant blob not null references covenants (id),
    number integer not null,
    text text not null,
    drawn_up_on text not null,
    drawn_up_by blob references accounts (id),
    locked_at text,
    version integer not null,
    unique (covenant, number)
) strict;

create table covenant_targets (
    edition blob not null references covenant_versions (id),
    position integer not null,
    clause text not null,
    what text not null,
    figure text not null,
    primary key (edition, position)
) strict;

create table covenant_signatures (
    edition blob not null references covenant_versions (id),
    unit blob not null references units (id),
    position integer not null,
    signed_at text,
    signed_by blob references accounts (id),
    signer_name text,
    primary key (edition, unit)
) strict;

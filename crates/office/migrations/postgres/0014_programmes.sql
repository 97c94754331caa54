create table programme_settings (
    id bigint primary key check (id = 1),
    version bigint not null,
    shortest_reason bigint not null
);
insert into programme_settings (id, version, shortest_reason) values (1, 0, 20);

create table launches (
    id uuid primary key,
    title text not null,
    message text not null,
    due_on date not null,
    launched_at timestamptz not null,
    launched_on date not null,
    launched_by uuid references accounts (id),
    launched_by_name text not null
);

create table launch_receipts (
    launch uuid not null references launches (id),
    unit uuid not null references units (id),
    opened_at timestamptz,
    opened_by uuid references accounts (id),
    opened_by_name text,
    primary key (launch, unit)
);

create table launch_reminders (
    launch uuid not null references launches (id),
    unit uuid not null references units (id),
    reminded_on date not null,
    reminded_by uuid references accounts (id),
    primary key (launch, unit, reminded_on)
);

create table programmes (
    id uuid primary key,
    unit uuid not null unique references units (id)
);

create table programme_versions (
    id uuid primary key,
    programme uuid not null references programmes (id),
    number bigint not null,
    state text not null,
    theme text not null,
    contents text not null,
    criteria text not null,
    forms text not null,
    author uuid references accounts (id),
    submitter uuid references accounts (id),
    version bigint not null,
    unique (programme, number)
);

create table programme_lines (
    edition uuid not null references programme_versions (id),
    position bigint not null,
    clause text not null,
    task text not null,
    figure text not null,
    due_on date,
    primary key (edition, position)
);
create index programme_lines_by_clause on programme_lines (clause);

create table programme_events (
    id uuid primary key,
    programme uuid not null references programmes (id),
    number bigint not null,
    state text not null,
    happened_on date not null,
    happened_at timestamptz not null,
    account uuid references accounts (id),
    name text not null,
    reason text not null
);
create index programme_events_by_programme on programme_events (programme, id);

create table covenants (
    id uuid primary key,
    name text not null
);

create table covenant_versions (
    id uuid primary key,
    covenant uuid not null references covenants (id),
    number bigint not null,
    text text not null,
    drawn_up_on date not null,
    drawn_up_by uuid references accounts (id),
    locked_at timestamptz,
    version bigint not null,
    unique (covenant, number)
);

create table covenant_targets (
    edition uuid not null references covenant_versions (id),
    position bigint not null,
    clause text not null,
    what text not null,
    figure text not null,
    primary key (edition, position)
);

create table covenant_signatures (
    edition uuid not null references covenant_versions (id),
    unit uuid not null references units (id),
    position bigint not null,
    signed_at timestamptz,
    signed_by uuid references accounts (id),
    signer_name text,
    primary key (edition, unit)
);

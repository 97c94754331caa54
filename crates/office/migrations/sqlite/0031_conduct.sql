create table conduct_settings (
    id integer primary key check (id = 1),
    version integer not null,
    small_cell integer not null,
    small_unit integer not null,
    keep_months integer not null,
    ground text not null,
    set_by text not null,
    set_on text
) strict;
insert into conduct_settings (id, version, small_cell, small_unit, keep_months, ground, set_by)
values (1, 0, 5, 10, 24, '', '');

create table conduct_keys (
    id blob primary key,
    account blob not null references accounts (id),
    public_key blob not null,
    private_box blob not null,
    state text not null,
    made_on text not null,
    version integer not null
) strict;
create index conduct_keys_by_account on conduct_keys (account);

create table conduct_figures_key (
    id integer primary key check (id = 1),
    public_key blob not null
) strict;

create table conduct_figures_boxes (
    holder blob primary key references conduct_keys (id),
    box blob not null
) strict;

create table conduct_reports (
    id blob primary key,
    code_digest text not null unique,
    state text not null,
    received_on text not null,
    closed_on text,
    code_box blob not null,
    body_box blob not null,
    identity_box blob not null,
    unit_box blob not null,
    outcome_box blob,
    erased_on text,
    version integer not null
) strict;
create index conduct_reports_by_day on conduct_reports (received_on);

create table conduct_boxes (
    report blob not null references conduct_reports (id),
    holder blob not null references conduct_keys (id),
    box blob not null,
    primary key (report, holder)
) strict;

create table conduct_identity_boxes (
    report blob not null references conduct_reports (id),
    first_holder blob not null references conduct_keys (id),
    second_holder blob not null references conduct_keys (id),
    box blob not null,
    primary key (report, first_holder, second_holder)
) strict;

create table conduct_messages (
    id blob primary key,
    report blob not null references conduct_reports (id),
    place integer not null,
    from_reporter integer not null,
    written_on text not null,
    box blob not null,
    unique (report, place)
) strict;

create table conduct_files (
    id blob primary key,
    report blob not null references conduct_reports (id),
    place integer not null,
    head_box blob not null,
    box blob not null
) strict;
create index conduct_files_by_report on conduct_files (report, place);

create table conduct_unveilings (
    id blob primary key,
    report blob not null references conduct_reports (id),
    asker blob not null references conduct_keys (id),
    asked_on text not null,
    reason_box blob not null,
    state text not null,
    second_holder blob references conduct_keys (id),
    settled_on text,
    asker_box blob,
    second_box blob,
    version integer not null
) strict;
create index conduct_unveilings_by_report on conduct_unveilings (report);

create table conduct_halves (
    unveiling blob not null references conduct_unveilings (id),
    holder blob not null references conduct_keys (id),
    box blob not null,
    primary key (unveiling, holder)
) strict;

create table conduct_publications (
    year integer primary key,
    content text not null,
    published_on text not null
) strict;

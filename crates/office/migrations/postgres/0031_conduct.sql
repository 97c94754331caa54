create table conduct_settings (
    id bigint primary key check (id = 1),
    version bigint not null,
    small_cell bigint not null,
    small_unit bigint not null,
    keep_months bigint not null,
    ground text not null,
    set_by text not null,
    set_on date
);
insert into conduct_settings (id, version, small_cell, small_unit, keep_months, ground, set_by)
values (1, 0, 5, 10, 24, '', '');

create table conduct_keys (
    id uuid primary key,
    account uuid not null references accounts (id),
    public_key bytea not null,
    private_box bytea not null,
    state text not null,
    made_on date not null,
    version bigint not null
);
create index conduct_keys_by_account on conduct_keys (account);

create table conduct_figures_key (
    id bigint primary key check (id = 1),
    public_key bytea not null
);

create table conduct_figures_boxes (
    holder uuid primary key references conduct_keys (id),
    box bytea not null
);

create table conduct_reports (
    id uuid primary key,
    code_digest text not null unique,
    state text not null,
    received_on date not null,
    closed_on date,
    code_box bytea not null,
    body_box bytea not null,
    identity_box bytea not null,
    unit_box bytea not null,
    outcome_box bytea,
    erased_on date,
    version bigint not null
);
create index conduct_reports_by_day on conduct_reports (received_on);

create table conduct_boxes (
    report uuid not null references conduct_reports (id),
    holder uuid not null references conduct_keys (id),
    box bytea not null,
    primary key (report, holder)
);

create table conduct_identity_boxes (
    report uuid not null references conduct_reports (id),
    first_holder uuid not null references conduct_keys (id),
    second_holder uuid not null references conduct_keys (id),
    box bytea not null,
    primary key (report, first_holder, second_holder)
);

create table conduct_messages (
    id uuid primary key,
    report uuid not null references conduct_reports (id),
    place bigint not null,
    from_reporter boolean not null,
    written_on date not null,
    box bytea not null,
    unique (report, place)
);

create table conduct_files (
    id uuid primary key,
    report uuid not null references conduct_reports (id),
    place bigint not null,
    head_box bytea not null,
    box bytea not null
);
create index conduct_files_by_report on conduct_files (report, place);

create table conduct_unveilings (
    id uuid primary key,
    report uuid not null references conduct_reports (id),
    asker uuid not null references conduct_keys (id),
    asked_on date not null,
    reason_box bytea not null,
    state text not null,
    second_holder uuid references conduct_keys (id),
    settled_on date,
    asker_box bytea,
    second_box bytea,
    version bigint not null
);
create index conduct_unveilings_by_report on conduct_unveilings (report);

create table conduct_halves (
    unveiling uuid not null references conduct_unveilings (id),
    holder uuid not null references conduct_keys (id),
    box bytea not null,
    primary key (unveiling, holder)
);

create table conduct_publications (
    year bigint primary key,
    content text not null,
    published_on date not null
);

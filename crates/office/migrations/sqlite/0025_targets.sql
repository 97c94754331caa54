create table indicator_settings (
    id integer primary key check (id = 1),
    version integer not null,
    forecast_points integer not null,
    outlier_factor integer not null,
    document text not null
) strict;
insert into indicator_settings (id, version, forecast_points, outlier_factor, document) values (1, 0, 4, 3, '');

create table indicators (
    id blob primary key,
    code text not null unique,
    clause text not null,
    position integer not null,
    baseline_year integer,
    baseline_amount integer,
    baseline_source text,
    path_source text not null,
    version integer not null
) strict;
create index indicators_by_clause on indicators (clause);

create table indicator_definitions (
    indicator blob not null references indicators (id),
    number integer not null,
    from_on text not null,
    name text not null,
    measured_in text not null,
    nature text not null,
    direction text not null,
    accumulation text not null,
    frequency text not null,
    scope text not null,
    roll_up text not null,
    measure text,
    places integer not null,
    least integer,
    most integer,
    method text not null,
    reason text not null,
    recorded_name text not null,
    recorded_at text not null,
    primary key (indicator, number)
) strict;

create table indicator_path (
    indicator blob not null references indicators (id),
    year integer not null,
    amount integer not null,
    primary key (indicator, year)
) strict;

create table indicator_values (
    id blob primary key,
    indicator blob not null references indicators (id),
    unit blob references units (id),
    period text not null,
    definition integer not null,
    amount integer,
    level text,
    narrative text not null,
    remark text not null,
    follow_up integer not null,
    state text not null,
    entered_by blob references accounts (id),
    entered_name text not null,
    entered_at text not null,
    settled_name text,
    settled_at text,
    settled_words text,
    version integer not null
) strict;
create unique index indicator_values_of_units on indicator_values (indicator, period, unit) where unit is not null;
create unique index indicator_values_of_office on indicator_values (indicator, period) where unit is null;

create table indicator_value_events (
    id blob primary key,
    value blob not null references indicator_values (id),
    kind text not null,
    happened_on text not null,
    happened_at text not null,
    account blob references accounts (id),
    name text not null,
    words text not null,
    amount integer,
    level text,
    state text not null
) strict;
create index indicator_value_events_by_value on indicator_value_events (value, id);

create table indicator_value_files (
    id blob primary key,
    value blob not null references indicator_values (id),
    name text not null,
    digest text not null,
    size integer not null,
    media_type text not null,
    recorded_at text not null,
    recorded_by text not null
) strict;
create index indicator_value_files_by_value on indicator_value_files (value, id);

create table indicator_approvals (
    id blob primary key,
    indicator blob not null references indicators (id),
    period text not null,
    standing integer not null,
    amount integer,
    reported integer not null,
    definition integer not null,
    name text not null,
    happened_at text not null,
    words text not null,
    version integer not null,
    unique (indicator, period)
) strict;

create table indicator_settings (
    id bigint primary key check (id = 1),
    version bigint not null,
    forecast_points bigint not null,
    outlier_factor bigint not null,
    document text not null
);
insert into indicator_settings (id, version, forecast_points, outlier_factor, document) values (1, 0, 4, 3, '');

create table indicators (
    id uuid primary key,
    code text not null unique,
    clause text not null,
    position bigint not null,
    baseline_year bigint,
    baseline_amount bigint,
    baseline_source text,
    path_source text not null,
    version bigint not null
);
create index indicators_by_clause on indicators (clause);

create table indicator_definitions (
    indicator uuid not null references indicators (id),
    number bigint not null,
    from_on date not null,
    name text not null,
    measured_in text not null,
    nature text not null,
    direction text not null,
    accumulation text not null,
    frequency text not null,
    scope text not null,
    roll_up text not null,
    measure text,
    places bigint not null,
    least bigint,
    most bigint,
    method text not null,
    reason text not null,
    recorded_name text not null,
    recorded_at timestamptz not null,
    primary key (indicator, number)
);

create table indicator_path (
    indicator uuid not null references indicators (id),
    year bigint not null,
    amount bigint not null,
    primary key (indicator, year)
);

create table indicator_values (
    id uuid primary key,
    indicator uuid not null references indicators (id),
    unit uuid references units (id),
    period text not null,
    definition bigint not null,
    amount bigint,
    level text,
    narrative text not null,
    remark text not null,
    follow_up boolean not null,
    state text not null,
    entered_by uuid references accounts (id),
    entered_name text not null,
    entered_at timestamptz not null,
    settled_name text,
    settled_at timestamptz,
    settled_words text,
    version bigint not null
);
create unique index indicator_values_of_units on indicator_values (indicator, period, unit) where unit is not null;
create unique index indicator_values_of_office on indicator_values (indicator, period) where unit is null;

create table indicator_value_events (
    id uuid primary key,
    value uuid not null references indicator_values (id),
    kind text not null,
    happened_on date not null,
    happened_at timestamptz not null,
    account uuid references accounts (id),
    name text not null,
    words text not null,
    amount bigint,
    level text,
    state text not null
);
create index indicator_value_events_by_value on indicator_value_events (value, id);

create table indicator_value_files (
    id uuid primary key,
    value uuid not null references indicator_values (id),
    name text not null,
    digest text not null,
    size bigint not null,
    media_type text not null,
    recorded_at timestamptz not null,
    recorded_by text not null
);
create index indicator_value_files_by_value on indicator_value_files (value, id);

create table indicator_approvals (
    id uuid primary key,
    indicator uuid not null references indicators (id),
    period text not null,
    standing boolean not null,
    amount bigint,
    reported bigint not null,
    definition bigint not null,
    name text not null,
    happened_at timestamptz not null,
    words text not null,
    version bigint not null,
    unique (indicator, period)
);

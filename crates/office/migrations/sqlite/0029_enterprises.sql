alter table enterprises add column merged_into blob references enterprises (id);
create index enterprises_by_merged_into on enterprises (merged_into);
create index enterprises_in_order on enterprises (sort_key, id);

create table enterprise_profiles (
    enterprise blob primary key references enterprises (id),
    size text,
    sector text not null,
    sector_key text not null,
    ended_on text,
    ended_why text not null
) strict;

create table enterprise_supports (
    id blob primary key,
    enterprise blob not null references enterprises (id),
    kind text not null,
    clause text not null,
    unit blob not null references units (id),
    happened_on text not null,
    what text not null,
    document text not null,
    recorded_on text not null,
    recorded_by text not null,
    withdrawn_on text,
    withdrawn_by text not null,
    withdrawn_why text not null,
    version integer not null
) strict;
create index enterprise_supports_by_enterprise on enterprise_supports (enterprise);
create index enterprise_supports_by_clause on enterprise_supports (clause);

create table enterprise_connections (
    id blob primary key,
    enterprise blob not null references enterprises (id),
    partner blob references enterprises (id),
    partner_name text not null,
    kind text not null,
    clause text not null,
    unit blob not null references units (id),
    happened_on text not null,
    what text not null,
    recorded_on text not null,
    recorded_by text not null,
    outcome text not null,
    outcome_on text,
    outcome_words text not null,
    withdrawn_on text,
    withdrawn_by text not null,
    withdrawn_why text not null,
    version integer not null
) strict;
create index enterprise_connections_by_enterprise on enterprise_connections (enterprise);
create index enterprise_connections_by_partner on enterprise_connections (partner);

create table enterprise_conversions (
    id blob primary key,
    enterprise blob not null references enterprises (id),
    kind text not null,
    size_before text,
    size_after text,
    became blob references enterprises (id),
    clause text not null,
    unit blob not null references units (id),
    happened_on text not null,
    document text not null,
    recorded_on text not null,
    recorded_by text not null,
    withdrawn_on text,
    withdrawn_by text not null,
    withdrawn_why text not null,
    version integer not null
) strict;
create index enterprise_conversions_by_enterprise on enterprise_conversions (enterprise);
create index enterprise_conversions_by_became on enterprise_conversions (became);

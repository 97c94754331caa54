create table units (
    id uuid primary key,
    code text not null unique,
    kind text not null,
    from_on date not null,
    until_on date,
    merged_into uuid references units (id),
    position bigint not null,
    version bigint not null
);

create table unit_names (
    unit uuid not null references units (id),
    from_on date not null,
    name text not null,
    search_key text not null,
    sort_key text not null,
    document text,
    primary key (unit, from_on)
);

create table people (
    id uuid primary key,
    staff_code text unique,
    name text not null,
    search_key text not null,
    sort_key text not null,
    born_on date,
    female boolean,
    ethnic_group text,
    category text not null,
    version bigint not null
);
create index people_by_name on people (sort_key, id);

create table posts (
    id uuid primary key,
    person uuid not null references people (id),
    unit uuid not null references units (id),
    title text not null,
    leader boolean not null,
    from_on date not null,
    until_on date
);
create index posts_by_person on posts (person);
create index posts_by_unit on posts (unit);

create table enterprises (
    id uuid primary key,
    tax_code text unique,
    name text not null,
    search_key text not null,
    sort_key text not null,
    kind text not null,
    commune text,
    version bigint not null
);

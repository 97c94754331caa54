create table units (
    id blob primary key,
    code text not null unique,
    kind text not null,
    from_on text not null,
    until_on text,
    merged_into blob references units (id),
    position integer not null,
    version integer not null
) strict;

create table unit_names (
    unit blob not null references units (id),
    from_on text not null,
    name text not null,
    search_key text not null,
    sort_key text not null,
    document text,
    primary key (unit, from_on)
) strict;

create table people (
    id blob primary key,
    staff_code text unique,
    name text not null,
    search_key text not null,
    sort_key text not null,
    born_on text,
    female integer,
    ethnic_group text,
    category text not null,
    version integer not null
) strict;
create index people_by_name on people (sort_key, id);

create table posts (
    id blob primary key,
    person blob not null references people (id),
    unit blob not null references units (id),
    title text not null,
    leader integer not null,
    from_on text not null,
    until_on text
) strict;
create index posts_by_person on posts (person);
create index posts_by_unit on posts (unit);

create table enterprises (
    id blob primary key,
    tax_code text unique,
    name text not null,
    search_key text not null,
    sort_key text not null,
    kind text not null,
    commune text,
    version integer not null
) strict;

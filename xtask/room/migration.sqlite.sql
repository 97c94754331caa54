create table things (
    id blob primary key,
    name text not null,
    version integer not null
) strict;

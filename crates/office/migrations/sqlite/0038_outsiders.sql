-- People who hold no post in the Office and may be nominated: what tells them from others of the same name.
create table outsiders (
    person blob primary key references people (id),
    born_year integer,
    occupation text not null,
    place text not null
) strict;

-- People who hold no post in the Office and may be nominated: what tells them from others of the same name.
create table outsiders (
    person uuid primary key references people (id),
    born_year bigint,
    occupation text not null,
    place text not null
);

-- Wordings for replies that whoever answers keeps, for each kind of petition; they hold places for number, name and
-- day, which are filled when one is chosen.
create table reply_templates (
    id uuid primary key,
    kind text not null,
    name text not null,
    words text not null,
    changed_by text not null,
    changed_on date not null,
    version bigint not null
);

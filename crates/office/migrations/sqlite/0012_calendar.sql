create table calendar_state (
    id integer primary key check (id = 1),
    version integer not null,
    closes_at text,
    closes_document text
) strict;
insert into calendar_state (id, version) values (1, 0);

create table calendar_announcements (
    id blob primary key,
    day text not null,
    kind text not null,
    name text not null,
    document text not null,
    title text not null,
    awaited integer not null,
    account blob references accounts (id),
    entered_at text not null,
    withdrawn_at text,
    withdrawn_by blob references accounts (id),
    withdrawn_why text
) strict;
create unique index calendar_announcements_standing on calendar_announcements (day) where withdrawn_at is null;

create table term_moves (
    id blob primary key,
    announcement blob not null references calendar_announcements (id),
    withdrawal integer not null,
    subject text not null,
    subject_id blob not null,
    old_on text not null,
    new_on text not null,
    moved_at text not null
) strict;
create index term_moves_by_subject on term_moves (subject, subject_id, id);
create index term_moves_by_announcement on term_moves (announcement, id);

alter table campaigns add column consultation_days integer;
alter table campaigns add column consultation_ground text;

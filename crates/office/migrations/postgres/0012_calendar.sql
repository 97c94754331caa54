create table calendar_state (
    id integer primary key check (id = 1),
    version bigint not null,
    closes_at text,
    closes_document text
);
insert into calendar_state (id, version) values (1, 0);

create table calendar_announcements (
    id uuid primary key,
    day date not null,
    kind text not null,
    name text not null,
    document text not null,
    title text not null,
    awaited boolean not null,
    account uuid references accounts (id),
    entered_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid references accounts (id),
    withdrawn_why text
);
create unique index calendar_announcements_standing on calendar_announcements (day) where withdrawn_at is null;

create table term_moves (
    id uuid primary key,
    announcement uuid not null references calendar_announcements (id),
    withdrawal boolean not null,
    subject text not null,
    subject_id uuid not null,
    old_on date not null,
    new_on date not null,
    moved_at timestamptz not null
);
create index term_moves_by_subject on term_moves (subject, subject_id, id);
create index term_moves_by_announcement on term_moves (announcement, id);

alter table campaigns add column consultation_days bigint;
alter table campaigns add column consultation_ground text;

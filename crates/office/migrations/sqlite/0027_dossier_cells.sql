create table dossier_state (
    id integer primary key check (id = 1),
    counted integer not null,
    last_import blob
) strict;
insert into dossier_state (id, counted) values (1, 0);

drop table dossier_tallies;

create table dossier_cells (
    period text not null,
    procedure_code text not null,
    unit text not null,
    body text not null,
    primary key (period, procedure_code, unit)
) strict;
create index dossier_cells_by_unit on dossier_cells (period, unit, procedure_code);

alter table dossiers add column due_has_waiting integer not null default 0;
alter table dossiers add column answer integer;
alter table dossiers add column answered_on text;
drop index dossiers_by_month;
create index dossiers_apart on dossiers (class, code) where class not in ('before', 'on_time');

create table dossier_moves (
    id blob primary key,
    announcement blob not null references calendar_announcements (id),
    withdrawal integer not null,
    code text not null references dossiers (code),
    old_on text not null,
    new_on text not null,
    moved_at text not null
) strict;
create index dossier_moves_by_code on dossier_moves (code, id);
create index dossier_moves_by_announcement on dossier_moves (announcement, id);

create table dossier_state (
    id bigint primary key check (id = 1),
    counted boolean not null,
    last_import uuid
);
insert into dossier_state (id, counted) values (1, false);

drop table dossier_tallies;

create table dossier_cells (
    period text not null,
    procedure_code text not null,
    unit text not null,
    body text not null,
    primary key (period, procedure_code, unit)
);
create index dossier_cells_by_unit on dossier_cells (period, unit, procedure_code);

alter table dossiers add column due_has_waiting boolean not null default false;
alter table dossiers add column answer bigint;
alter table dossiers add column answered_on date;
drop index dossiers_by_month;
create index dossiers_apart on dossiers (class, code) where class not in ('before', 'on_time');

create table dossier_moves (
    id uuid primary key,
    announcement uuid not null references calendar_announcements (id),
    withdrawal boolean not null,
    code text not null references dossiers (code),
    old_on date not null,
    new_on date not null,
    moved_at timestamptz not null
);
create index dossier_moves_by_code on dossier_moves (code, id);
create index dossier_moves_by_announcement on dossier_moves (announcement, id);

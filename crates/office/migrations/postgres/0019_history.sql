create table entry_changes (
    id uuid primary key,
    kind text not null,
    entry uuid not null,
    owner uuid not null,
    at timestamptz not null,
    account uuid references accounts (id),
    verb text not null,
    was text
);
create index entry_changes_by_owner on entry_changes (owner, at);
create index entry_changes_by_kind on entry_changes (kind, at);
create index entry_changes_by_time on entry_changes (at);
create index entry_changes_by_entry on entry_changes (entry, at);

alter table nomination_events add column state text;
alter table nomination_events add column verdict text;

alter table nomination_versions add column verdict text;
alter table nomination_versions add column answer text;
alter table nomination_versions add column cause text;

create table reevaluation (
    id bigint primary key,
    gate text not null,
    document text not null
);

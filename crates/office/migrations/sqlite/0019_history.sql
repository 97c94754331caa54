create table entry_changes (
    id blob primary key,
    kind text not null,
    entry blob not null,
    owner blob not null,
    at text not null,
    account blob references accounts (id),
    verb text not null,
    was text
) strict;
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
    id integer primary key,
    gate text not null,
    document text not null
) strict;

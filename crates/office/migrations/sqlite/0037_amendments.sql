-- Who worked on a draft: none of them signs it.
create table draft_hands (
    decision blob not null references decisions (id),
    account blob not null references accounts (id),
    primary key (decision, account)
) strict;
insert into draft_hands (decision, account) select id, created_by from decisions where created_by is not null;

-- A change of an issued decision: proposed by one person, put in force by another.
create table amendments (
    id blob primary key,
    decision blob not null references decisions (id),
    line blob references decision_lines (id),
    kind text not null,
    name text not null,
    title text not null,
    reason text not null,
    proposed_by blob references accounts (id),
    proposed_on text not null,
    state text not null,
    decided_by blob references accounts (id),
    decided_on text,
    answer text,
    version integer not null
) strict;
create index amendments_by_decision on amendments (decision, id);

-- The words that were signed: the decision reads like this for good.
alter table decision_lines add column signed_name text;
alter table decision_lines add column signed_title text;
update decision_lines set signed_name = name, signed_title = title where code is not null;
alter table decisions add column annulled_on text;

-- The day on which the council settled a nomination: no paper about it is older.
alter table nominations add column settled_on text;

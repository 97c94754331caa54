-- Who launched the movement of a plan and for how many years, as a document of the competent body says: the whole
-- answer at once, of which one stands at a time.
create table launch_decisions (
    id blob primary key,
    plan text not null,
    document text not null,
    decided_on text not null,
    account blob references accounts (id),
    recorded_on text not null,
    withdrawn_on text
) strict;
create unique index launch_decisions_standing on launch_decisions (plan) where withdrawn_on is null;

create table launch_decision_levels (
    decision blob not null references launch_decisions (id),
    level text not null,
    from_on text,
    years integer,
    primary key (decision, level)
) strict;

create table dialogue_frequency (
    id integer primary key check (id = 1),
    months integer not null,
    ground text not null,
    document text not null,
    set_on text not null,
    set_by text not null
) strict;

create table dialogues (
    id blob primary key,
    title text not null,
    clause text not null,
    place text not null,
    held_on text not null,
    unit blob not null references units (id),
    state text not null,
    reason text not null,
    minutes text not null,
    frozen_on text,
    frozen_by text not null,
    digest text not null,
    published_on text,
    published_by text not null,
    result text not null,
    version integer not null
) strict;
create index dialogues_by_clause on dialogues (clause);

create table dialogue_items (
    id blob primary key,
    dialogue blob not null references dialogues (id),
    what text not null
) strict;
create index dialogue_items_by_dialogue on dialogue_items (dialogue);

create table dialogue_guests (
    id blob primary key,
    dialogue blob not null references dialogues (id),
    name text not null,
    person blob references people (id),
    enterprise blob references enterprises (id),
    was_there integer,
    code_digest text unique
) strict;
create index dialogue_guests_by_dialogue on dialogue_guests (dialogue);

create table dialogue_questions (
    id blob primary key,
    dialogue blob not null references dialogues (id),
    guest blob references dialogue_guests (id),
    asker text not null,
    question text not null,
    asked_on text not null,
    by_code integer not null,
    petition blob references petitions (id)
) strict;
create index dialogue_questions_by_dialogue on dialogue_questions (dialogue);

create table dialogue_amendments (
    id blob primary key,
    dialogue blob not null references dialogues (id),
    guest blob not null references dialogue_guests (id),
    words text not null,
    proposed_on text not null,
    state text not null,
    settled_on text,
    settled_by text not null,
    reply text not null
) strict;
create index dialogue_amendments_by_dialogue on dialogue_amendments (dialogue);

create table dialogue_commitments (
    id blob primary key,
    dialogue blob not null references dialogues (id),
    what text not null,
    unit blob not null references units (id),
    due_on text not null,
    task blob not null references tasks (id)
) strict;
create index dialogue_commitments_by_dialogue on dialogue_commitments (dialogue);

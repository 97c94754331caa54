create table dialogue_frequency (
    id bigint primary key check (id = 1),
    months bigint not null,
    ground text not null,
    document text not null,
    set_on date not null,
    set_by text not null
);

create table dialogues (
    id uuid primary key,
    title text not null,
    clause text not null,
    place text not null,
    held_on date not null,
    unit uuid not null references units (id),
    state text not null,
    reason text not null,
    minutes text not null,
    frozen_on date,
    frozen_by text not null,
    digest text not null,
    published_on date,
    published_by text not null,
    result text not null,
    version bigint not null
);
create index dialogues_by_clause on dialogues (clause);

create table dialogue_items (
    id uuid primary key,
    dialogue uuid not null references dialogues (id),
    what text not null
);
create index dialogue_items_by_dialogue on dialogue_items (dialogue);

create table dialogue_guests (
    id uuid primary key,
    dialogue uuid not null references dialogues (id),
    name text not null,
    person uuid references people (id),
    enterprise uuid references enterprises (id),
    was_there boolean,
    code_digest text unique
);
create index dialogue_guests_by_dialogue on dialogue_guests (dialogue);

create table dialogue_questions (
    id uuid primary key,
    dialogue uuid not null references dialogues (id),
    guest uuid references dialogue_guests (id),
    asker text not null,
    question text not null,
    asked_on date not null,
    by_code boolean not null,
    petition uuid references petitions (id)
);
create index dialogue_questions_by_dialogue on dialogue_questions (dialogue);

create table dialogue_amendments (
    id uuid primary key,
    dialogue uuid not null references dialogues (id),
    guest uuid not null references dialogue_guests (id),
    words text not null,
    proposed_on date not null,
    state text not null,
    settled_on date,
    settled_by text not null,
    reply text not null
);
create index dialogue_amendments_by_dialogue on dialogue_amendments (dialogue);

create table dialogue_commitments (
    id uuid primary key,
    dialogue uuid not null references dialogues (id),
    what text not null,
    unit uuid not null references units (id),
    due_on date not null,
    task uuid not null references tasks (id)
);
create index dialogue_commitments_by_dialogue on dialogue_commitments (dialogue);

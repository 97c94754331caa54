create table petition_settings (
    id integer primary key check (id = 1),
    version integer not null,
    disagree_days integer not null,
    disagree_times integer not null,
    draft_days integer not null
) strict;
insert into petition_settings (id, version, disagree_days, disagree_times, draft_days) values (1, 0, 10, 1, 14);

create table petition_drafts (
    key_digest text primary key,
    fields text not null,
    changed_on text not null
) strict;

create table petition_draft_files (
    id blob primary key,
    draft text not null references petition_drafts (key_digest) on delete cascade,
    name text not null,
    digest text not null,
    media_type text not null,
    size integer not null
) strict;

create table letter_numbers (
    year integer primary key,
    newest integer not null
) strict;

create table letters (
    id blob primary key,
    year integer not null,
    number integer not null,
    channel text not null,
    received_at text not null,
    received_on text not null,
    counts_from_on text not null,
    sender_kind text not null,
    sender_name text not null,
    address text not null,
    phone text not null,
    email text not null,
    tax_code text not null,
    enterprise blob references enterprises (id),
    people integer not null,
    hide_name integer not null,
    title text not null,
    content text not null,
    code_digest text not null unique,
    registered_by blob references accounts (id),
    locked integer not null,
    version integer not null,
    unique (year, number)
) strict;

create table letter_files (
    id blob primary key,
    letter blob not null references letters (id),
    name text not null,
    digest text not null,
    media_type text not null,
    size integer not null
) strict;
create index letter_files_by_letter on letter_files (letter);

create table petitions (
    id blob primary key,
    letter blob not null references letters (id),
    place integer not null,
    title text not null,
    content text not null,
    kind text not null,
    clause text not null,
    complex integer not null,
    state text not null,
    lead_unit blob references units (id),
    duplicate_of blob references petitions (id),
    agency text not null,
    document text not null,
    answer text not null,
    answered_by blob references accounts (id),
    answer_number text not null,
    signed_on text,
    signer text not null,
    disagreed integer not null,
    rating integer,
    rating_words text not null,
    search_key text not null,
    version integer not null,
    unique (letter, place)
) strict;
create index petitions_by_state on petitions (state);
create index petitions_by_lead on petitions (lead_unit);

create table petition_events (
    id blob primary key,
    petition blob not null references petitions (id),
    kind text not null,
    state text not null,
    happened_at text not null,
    happened_on text not null,
    account blob references accounts (id),
    name text not null,
    words text not null,
    shown integer not null
) strict;
create index petition_events_by_petition on petition_events (petition, happened_at);

create table petition_units (
    id blob primary key,
    petition blob not null references petitions (id),
    unit blob not null references units (id),
    role text not null,
    asked_on text not null,
    due_on text,
    opinion text not null,
    answered_on text,
    ended_on text
) strict;
create index petition_units_by_petition on petition_units (petition);
create index petition_units_by_unit on petition_units (unit);

create table petition_clocks (
    id blob primary key,
    petition blob not null references petitions (id),
    clock text not null,
    rule text not null,
    ground text not null,
    from_on text not null,
    length integer not null,
    counts text not null,
    due_on text,
    met_on text,
    is_open integer not null
) strict;
create index petition_clocks_by_petition on petition_clocks (petition);
create index petition_clocks_by_due on petition_clocks (is_open, due_on);

create table petition_pauses (
    id blob primary key,
    petition blob not null references petitions (id),
    from_on text not null,
    until_on text
) strict;
create index petition_pauses_by_petition on petition_pauses (petition);

create table petition_escalations (
    clock blob primary key references petition_clocks (id),
    petition blob not null references petitions (id),
    escalated_at text not null
) strict;

create table petition_publications (
    petition blob primary key references petitions (id),
    title text not null,
    content text not null,
    answer text not null,
    sender_name text not null,
    redacted_by text not null,
    published_at text not null,
    published_on text not null,
    search_key text not null,
    hidden integer not null,
    hidden_why text not null,
    hidden_by text not null,
    hidden_at text
) strict;

create table obstacles (
    id blob primary key,
    title text not null,
    description text not null,
    state text not null,
    proposal text not null,
    proposed_on text,
    outcome text not null,
    decision text not null,
    decided_on text,
    version integer not null
) strict;

create table obstacle_petitions (
    petition blob primary key references petitions (id),
    obstacle blob not null references obstacles (id),
    answered integer not null
) strict;
create index obstacle_petitions_by_obstacle on obstacle_petitions (obstacle);

create table petition_settings (
    id bigint primary key check (id = 1),
    version bigint not null,
    disagree_days bigint not null,
    disagree_times bigint not null,
    draft_days bigint not null
);
insert into petition_settings (id, version, disagree_days, disagree_times, draft_days) values (1, 0, 10, 1, 14);

create table petition_drafts (
    key_digest text primary key,
    fields text not null,
    changed_on date not null
);

create table petition_draft_files (
    id uuid primary key,
    draft text not null references petition_drafts (key_digest) on delete cascade,
    name text not null,
    digest text not null,
    media_type text not null,
    size bigint not null
);

create table letter_numbers (
    year bigint primary key,
    newest bigint not null
);

create table letters (
    id uuid primary key,
    year bigint not null,
    number bigint not null,
    channel text not null,
    received_at timestamptz not null,
    received_on date not null,
    counts_from_on date not null,
    sender_kind text not null,
    sender_name text not null,
    address text not null,
    phone text not null,
    email text not null,
    tax_code text not null,
    enterprise uuid references enterprises (id),
    people bigint not null,
    hide_name boolean not null,
    title text not null,
    content text not null,
    code_digest text not null unique,
    registered_by uuid references accounts (id),
    locked boolean not null,
    version bigint not null,
    unique (year, number)
);

create table letter_files (
    id uuid primary key,
    letter uuid not null references letters (id),
    name text not null,
    digest text not null,
    media_type text not null,
    size bigint not null
);
create index letter_files_by_letter on letter_files (letter);

create table petitions (
    id uuid primary key,
    letter uuid not null references letters (id),
    place bigint not null,
    title text not null,
    content text not null,
    kind text not null,
    clause text not null,
    complex boolean not null,
    state text not null,
    lead_unit uuid references units (id),
    duplicate_of uuid references petitions (id),
    agency text not null,
    document text not null,
    answer text not null,
    answered_by uuid references accounts (id),
    answer_number text not null,
    signed_on date,
    signer text not null,
    disagreed bigint not null,
    rating bigint,
    rating_words text not null,
    search_key text not null,
    version bigint not null,
    unique (letter, place)
);
create index petitions_by_state on petitions (state);
create index petitions_by_lead on petitions (lead_unit);

create table petition_events (
    id uuid primary key,
    petition uuid not null references petitions (id),
    kind text not null,
    state text not null,
    happened_at timestamptz not null,
    happened_on date not null,
    account uuid references accounts (id),
    name text not null,
    words text not null,
    shown boolean not null
);
create index petition_events_by_petition on petition_events (petition, happened_at);

create table petition_units (
    id uuid primary key,
    petition uuid not null references petitions (id),
    unit uuid not null references units (id),
    role text not null,
    asked_on date not null,
    due_on date,
    opinion text not null,
    answered_on date,
    ended_on date
);
create index petition_units_by_petition on petition_units (petition);
create index petition_units_by_unit on petition_units (unit);

create table petition_clocks (
    id uuid primary key,
    petition uuid not null references petitions (id),
    clock text not null,
    rule text not null,
    ground text not null,
    from_on date not null,
    length bigint not null,
    counts text not null,
    due_on date,
    met_on date,
    is_open boolean not null
);
create index petition_clocks_by_petition on petition_clocks (petition);
create index petition_clocks_by_due on petition_clocks (is_open, due_on);

create table petition_pauses (
    id uuid primary key,
    petition uuid not null references petitions (id),
    from_on date not null,
    until_on date
);
create index petition_pauses_by_petition on petition_pauses (petition);

create table petition_escalations (
    clock uuid primary key references petition_clocks (id),
    petition uuid not null references petitions (id),
    escalated_at timestamptz not null
);

create table petition_publications (
    petition uuid primary key references petitions (id),
    title text not null,
    content text not null,
    answer text not null,
    sender_name text not null,
    redacted_by text not null,
    published_at timestamptz not null,
    published_on date not null,
    search_key text not null,
    hidden boolean not null,
    hidden_why text not null,
    hidden_by text not null,
    hidden_at timestamptz
);

create table obstacles (
    id uuid primary key,
    title text not null,
    description text not null,
    state text not null,
    proposal text not null,
    proposed_on date,
    outcome text not null,
    decision text not null,
    decided_on date,
    version bigint not null
);

create table obstacle_petitions (
    petition uuid primary key references petitions (id),
    obstacle uuid not null references obstacles (id),
    answered boolean not null
);
create index obstacle_petitions_by_obstacle on obstacle_petitions (obstacle);

alter table initiatives add column scope_on date;
alter table initiatives add column scope_document text;

create table initiative_cases (
    id uuid primary key,
    code text not null unique,
    name text not null,
    search_key text not null,
    sort_key text not null,
    unit uuid not null references units (id),
    clause text not null,
    field text not null,
    edition bigint not null,
    state text not null,
    settled_on date,
    settled_name text,
    settled_words text,
    written_by uuid references accounts (id),
    written_on date not null,
    submitted_on date,
    version bigint not null
);
create index initiative_cases_by_unit on initiative_cases (unit);
create index initiative_cases_by_clause on initiative_cases (clause);
create index initiative_cases_by_state on initiative_cases (state, sort_key);

create table initiative_case_authors (
    initiative uuid not null references initiative_cases (id),
    position bigint not null,
    person uuid references people (id),
    name text not null,
    workplace text not null,
    share bigint not null,
    primary key (initiative, position)
);
create index initiative_case_authors_by_person on initiative_case_authors (person);

create table initiative_editions (
    initiative uuid not null references initiative_cases (id),
    edition bigint not null,
    content text not null,
    written_at timestamptz not null,
    written_name text not null,
    submitted_on date,
    primary key (initiative, edition)
);

create table initiative_files (
    id uuid primary key,
    initiative uuid not null references initiative_cases (id),
    replication uuid,
    purpose text not null,
    name text not null,
    digest text not null,
    size bigint not null,
    media_type text not null,
    recorded_at timestamptz not null,
    recorded_by text not null
);
create index initiative_files_by_initiative on initiative_files (initiative, id);

create table initiative_decisions (
    id uuid primary key,
    initiative uuid not null references initiative_cases (id),
    kind text not null,
    level text not null,
    number text not null,
    decided_on date not null,
    issuer text not null,
    council text not null,
    scope text,
    replicable boolean,
    recorded_at timestamptz not null,
    recorded_by text not null,
    unique (initiative, kind, level)
);
create index initiative_decisions_by_day on initiative_decisions (kind, decided_on);

create table initiative_signatures (
    id uuid primary key,
    name_signature bytea not null,
    text_signature bytea
);

create table initiative_likenesses (
    one uuid not null,
    other uuid not null,
    name_score bigint not null,
    text_score bigint not null,
    primary key (one, other)
);
create index initiative_likenesses_by_other on initiative_likenesses (other);

create table initiative_judgements (
    id uuid primary key,
    one uuid not null,
    other uuid not null,
    judgement text not null,
    words text not null,
    judged_at timestamptz not null,
    judged_by text not null
);
create index initiative_judgements_by_pair on initiative_judgements (one, other, id);
create index initiative_judgements_by_other on initiative_judgements (other);

create table initiative_settings (
    id uuid primary key,
    setting text not null,
    value bigint not null,
    document text not null,
    set_at timestamptz not null,
    set_by text not null
);

create table replications (
    id uuid primary key,
    initiative uuid not null references initiative_cases (id),
    unit uuid not null references units (id),
    started_on date not null,
    how text not null,
    figure text not null,
    measure text not null,
    before_value bigint,
    after_value bigint,
    source text not null,
    state text not null,
    reported_on date not null,
    reported_name text not null,
    answered_on date,
    answered_name text,
    answered_words text,
    stopped_on date,
    stopped_name text,
    stopped_words text,
    version bigint not null
);
create index replications_by_initiative on replications (initiative, id);
create index replications_by_unit on replications (unit, state);

create table initiative_consents (
    id uuid primary key,
    initiative uuid not null references initiative_cases (id),
    position bigint not null,
    named boolean not null,
    document text not null,
    given_on date not null,
    recorded_by text not null,
    withdrawn_on date,
    withdrawn_by text
);
create index initiative_consents_by_initiative on initiative_consents (initiative, id);

create table published_models (
    initiative uuid primary key references initiative_cases (id),
    title text not null,
    problem text not null,
    solution text not null,
    search_key text not null,
    published_on date not null,
    hidden_on date,
    version bigint not null
);
create index published_models_by_day on published_models (published_on);

create table nomination_initiatives (
    nomination uuid not null references nominations (id),
    initiative uuid not null references initiatives (id),
    primary key (nomination, initiative)
);
create index nomination_initiatives_by_initiative on nomination_initiatives (initiative);

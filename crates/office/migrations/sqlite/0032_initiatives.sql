alter table initiatives add column scope_on text;
alter table initiatives add column scope_document text;

create table initiative_cases (
    id blob primary key,
    code text not null unique,
    name text not null,
    search_key text not null,
    sort_key text not null,
    unit blob not null references units (id),
    clause text not null,
    field text not null,
    edition integer not null,
    state text not null,
    settled_on text,
    settled_name text,
    settled_words text,
    written_by blob references accounts (id),
    written_on text not null,
    submitted_on text,
    version integer not null
) strict;
create index initiative_cases_by_unit on initiative_cases (unit);
create index initiative_cases_by_clause on initiative_cases (clause);
create index initiative_cases_by_state on initiative_cases (state, sort_key);

create table initiative_case_authors (
    initiative blob not null references initiative_cases (id),
    position integer not null,
    person blob references people (id),
    name text not null,
    workplace text not null,
    share integer not null,
    primary key (initiative, position)
) strict;
create index initiative_case_authors_by_person on initiative_case_authors (person);

create table initiative_editions (
    initiative blob not null references initiative_cases (id),
    edition integer not null,
    content text not null,
    written_at text not null,
    written_name text not null,
    submitted_on text,
    primary key (initiative, edition)
) strict;

create table initiative_files (
    id blob primary key,
    initiative blob not null references initiative_cases (id),
    replication blob,
    purpose text not null,
    name text not null,
    digest text not null,
    size integer not null,
    media_type text not null,
    recorded_at text not null,
    recorded_by text not null
) strict;
create index initiative_files_by_initiative on initiative_files (initiative, id);

create table initiative_decisions (
    id blob primary key,
    initiative blob not null references initiative_cases (id),
    kind text not null,
    level text not null,
    number text not null,
    decided_on text not null,
    issuer text not null,
    council text not null,
    scope text,
    replicable integer,
    recorded_at text not null,
    recorded_by text not null,
    unique (initiative, kind, level)
) strict;
create index initiative_decisions_by_day on initiative_decisions (kind, decided_on);

create table initiative_signatures (
    id blob primary key,
    name_signature blob not null,
    text_signature blob
) strict;

create table initiative_likenesses (
    one blob not null,
    other blob not null,
    name_score integer not null,
    text_score integer not null,
    primary key (one, other)
) strict;
create index initiative_likenesses_by_other on initiative_likenesses (other);

create table initiative_judgements (
    id blob primary key,
    one blob not null,
    other blob not null,
    judgement text not null,
    words text not null,
    judged_at text not null,
    judged_by text not null
) strict;
create index initiative_judgements_by_pair on initiative_judgements (one, other, id);
create index initiative_judgements_by_other on initiative_judgements (other);

create table initiative_settings (
    id blob primary key,
    setting text not null,
    value integer not null,
    document text not null,
    set_at text not null,
    set_by text not null
) strict;

create table replications (
    id blob primary key,
    initiative blob not null references initiative_cases (id),
    unit blob not null references units (id),
    started_on text not null,
    how text not null,
    figure text not null,
    measure text not null,
    before_value integer,
    after_value integer,
    source text not null,
    state text not null,
    reported_on text not null,
    reported_name text not null,
    answered_on text,
    answered_name text,
    answered_words text,
    stopped_on text,
    stopped_name text,
    stopped_words text,
    version integer not null
) strict;
create index replications_by_initiative on replications (initiative, id);
create index replications_by_unit on replications (unit, state);

create table initiative_consents (
    id blob primary key,
    initiative blob not null references initiative_cases (id),
    position integer not null,
    named integer not null,
    document text not null,
    given_on text not null,
    recorded_by text not null,
    withdrawn_on text,
    withdrawn_by text
) strict;
create index initiative_consents_by_initiative on initiative_consents (initiative, id);

create table published_models (
    initiative blob primary key references initiative_cases (id),
    title text not null,
    problem text not null,
    solution text not null,
    search_key text not null,
    published_on text not null,
    hidden_on text,
    version integer not null
) strict;
create index published_models_by_day on published_models (published_on);

create table nomination_initiatives (
    nomination blob not null references nominations (id),
    initiative blob not null references initiatives (id),
    primary key (nomination, initiative)
) strict;
create index nomination_initiatives_by_initiative on nomination_initiatives (initiative);

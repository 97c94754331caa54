create table adoptions (
    id uuid primary key,
    template text not null,
    document text not null,
    account uuid references accounts (id),
    adopted_on date not null,
    withdrawn_on date
);

create table confirmations (
    id uuid primary key,
    rule text not null,
    rule_version text not null,
    document text not null,
    article_text text not null,
    account uuid references accounts (id),
    confirmed_on date not null,
    withdrawn_on date
);

create table campaigns (
    id uuid primary key,
    occasion text not null,
    year bigint not null,
    name text not null,
    clause text not null,
    closes_on date not null,
    total_share_bp bigint,
    leader_share_bp bigint,
    state text not null,
    consultation_from date,
    consultation_until date,
    version bigint not null
);

create table nominations (
    id uuid primary key,
    campaign uuid not null references campaigns (id),
    award text not null,
    subject text not null,
    subject_id uuid not null,
    unit uuid not null references units (id),
    leader boolean not null,
    state text not null,
    achievement uuid references achievements (id),
    summary text not null,
    submitted_on date,
    snapshot text,
    verdict text,
    answer text,
    facts_digest text,
    outcome text,
    created_by uuid references accounts (id),
    version bigint not null
);
create index nominations_by_campaign on nominations (campaign, state);
create index nominations_by_recipient on nominations (subject, subject_id);

create table nomination_versions (
    nomination uuid not null references nominations (id),
    number bigint not null,
    made_at timestamptz not null,
    snapshot text not null,
    primary key (nomination, number)
);

create table nomination_events (
    id uuid primary key,
    nomination uuid not null references nominations (id),
    at timestamptz not null,
    account uuid references accounts (id),
    verb text not null,
    reason text
);
create index nomination_events_by_nomination on nomination_events (nomination, id);

create table nomination_files (
    id uuid primary key,
    nomination uuid not null references nominations (id),
    item text not null,
    name text not null,
    digest text not null,
    size bigint not null,
    media_type text not null
);
create index nomination_files_by_nomination on nomination_files (nomination);

create table attestations (
    id uuid primary key,
    nomination uuid not null references nominations (id),
    statement text not null,
    document text not null,
    account uuid references accounts (id),
    attested_on date not null
);

create table overrules (
    id uuid primary key,
    nomination uuid not null references nominations (id),
    kind text not null,
    reason text not null,
    account uuid references accounts (id),
    overruled_on date not null
);

create table objections (
    id uuid primary key,
    nomination uuid not null references nominations (id),
    account uuid references accounts (id),
    statement text not null,
    raised_on date not null,
    settled_on date,
    settled_by uuid references accounts (id),
    settlement text,
    upheld boolean
);
create index objections_by_nomination on objections (nomination);

create table adoptions (
    id blob primary key,
    template text not null,
    document text not null,
    account blob references accounts (id),
    adopted_on text not null,
    withdrawn_on text
) strict;

create table confirmations (
    id blob primary key,
    rule text not null,
    rule_version text not null,
    document text not null,
    article_text text not null,
    account blob references accounts (id),
    confirmed_on text not null,
    withdrawn_on text
) strict;

create table campaigns (
    id blob primary key,
    occasion text not null,
    year integer not null,
    name text not null,
    clause text not null,
    closes_on text not null,
    total_share_bp integer,
    leader_share_bp integer,
    state text not null,
    consultation_from text,
    consultation_until text,
    version integer not null
) strict;

create table nominations (
    id blob primary key,
    campaign blob not null references campaigns (id),
    award text not null,
    subject text not null,
    subject_id blob not null,
    unit blob not null references units (id),
    leader integer not null,
    state text not null,
    achievement blob references achievements (id),
    summary text not null,
    submitted_on text,
    snapshot text,
    verdict text,
    answer text,
    facts_digest text,
    outcome text,
    created_by blob references accounts (id),
    version integer not null
) strict;
create index nominations_by_campaign on nominations (campaign, state);
create index nominations_by_recipient on nominations (subject, subject_id);

create table nomination_versions (
    nomination blob not null references nominations (id),
    number integer not null,
    made_at text not null,
    snapshot text not null,
    primary key (nomination, number)
) strict;

create table nomination_events (
    id blob primary key,
    nomination blob not null references nominations (id),
    at text not null,
    account blob references accounts (id),
    verb text not null,
    reason text
) strict;
create index nomination_events_by_nomination on nomination_events (nomination, id);

create table nomination_files (
    id blob primary key,
    nomination blob not null references nominations (id),
    item text not null,
    name text not null,
    digest text not null,
    size integer not null,
    media_type text not null
) strict;
create index nomination_files_by_nomination on nomination_files (nomination);

create table attestations (
    id blob primary key,
    nomination blob not null references nominations (id),
    statement text not null,
    document text not null,
    account blob references accounts (id),
    attested_on text not null
) strict;

create table overrules (
    id blob primary key,
    nomination blob not null references nominations (id),
    kind text not null,
    reason text not null,
    account blob references accounts (id),
    overruled_on text not null
) strict;

create table objections (
    id blob primary key,
    nomination blob not null references nominations (id),
    account blob references accounts (id),
    statement text not null,
    raised_on text not null,
    settled_on text,
    settled_by blob references accounts (id),
    settlement text,
    upheld integer
) strict;
create index objections_by_nomination on objections (nomination);

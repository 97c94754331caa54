create table decisions (
    id uuid primary key,
    series text not null,
    year bigint not null,
    number bigint,
    campaign uuid not null references campaigns (id),
    state text not null,
    place text not null,
    issued_on date,
    capacity text not null,
    signer text not null,
    gap_reason text,
    created_by uuid references accounts (id),
    version bigint not null,
    unique (series, year, number)
);

create table decision_lines (
    id uuid primary key,
    decision uuid not null references decisions (id),
    position bigint not null,
    nomination uuid references nominations (id),
    subject text not null,
    subject_id uuid not null,
    name text not null,
    search_key text not null,
    title text not null,
    unit_name text not null,
    award text not null,
    leader boolean not null,
    achievement text not null,
    exception_reason text,
    exception_authority text,
    overruled text,
    state text not null,
    register_number bigint,
    register_year bigint,
    code text unique,
    past_award uuid references past_awards (id),
    bonus_multiple text,
    bonus_base bigint,
    bonus_amount bigint,
    bonus_citation text,
    paid_on date,
    unique (register_year, register_number)
);
create index decision_lines_by_decision on decision_lines (decision, position);

create table line_events (
    id uuid primary key,
    line uuid not null references decision_lines (id),
    happened_on date not null,
    account uuid references accounts (id),
    verb text not null,
    was text not null,
    became text not null,
    reason text not null
);
create index line_events_by_line on line_events (line, id);

create table stocks (
    award text primary key,
    layout text not null,
    version bigint not null
);

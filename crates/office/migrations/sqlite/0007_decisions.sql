create table decisions (
    id blob primary key,
    series text not null,
    year integer not null,
    number integer,
    campaign blob not null references campaigns (id),
    state text not null,
    place text not null,
    issued_on text,
    capacity text not null,
    signer text not null,
    gap_reason text,
    created_by blob references accounts (id),
    version integer not null,
    unique (series, year, number)
) strict;

create table decision_lines (
    id blob primary key,
    decision blob not null references decisions (id),
    position integer not null,
    nomination blob references nominations (id),
    subject text not null,
    subject_id blob not null,
    name text not null,
    search_key text not null,
    title text not null,
    unit_name text not null,
    award text not null,
    leader integer not null,
    achievement text not null,
    exception_reason text,
    exception_authority text,
    overruled text,
    state text not null,
    register_number integer,
    register_year integer,
    code text unique,
    past_award blob references past_awards (id),
    bonus_multiple text,
    bonus_base integer,
    bonus_amount integer,
    bonus_citation text,
    paid_on text,
    unique (register_year, register_number)
) strict;
create index decision_lines_by_decision on decision_lines (decision, position);

create table line_events (
    id blob primary key,
    line blob not null references decision_lines (id),
    happened_on text not null,
    account blob references accounts (id),
    verb text not null,
    was text not null,
    became text not null,
    reason text not null
) strict;
create index line_events_by_line on line_events (line, id);

create table stocks (
    award text primary key,
    layout text not null,
    version integer not null
) strict;

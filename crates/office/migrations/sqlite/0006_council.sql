create table councils (
    id blob primary key,
    name text not null,
    document text not null,
    from_on text not null,
    until_on text
) strict;

create table council_members (
    id blob primary key,
    council blob not null references councils (id),
    person blob not null references people (id),
    role text not null,
    position integer not null,
    unique (council, person)
) strict;

create table relations (
    person blob not null references people (id),
    other blob not null references people (id),
    kind text not null,
    primary key (person, other)
) strict;

create table meetings (
    id blob primary key,
    council blob not null references councils (id),
    campaign blob not null references campaigns (id),
    held_on text not null,
    place text not null,
    state text not null,
    tally_digest text,
    version integer not null
) strict;

create table attendance (
    meeting blob not null references meetings (id),
    member blob not null references council_members (id),
    present integer not null,
    primary key (meeting, member)
) strict;

create table motions (
    id blob primary key,
    meeting blob not null references meetings (id),
    nomination blob not null references nominations (id),
    position integer not null,
    ballot integer not null,
    share_bp integer,
    citation text not null,
    members integer not null,
    recused integer not null,
    tally text,
    outcome text,
    unique (meeting, nomination)
) strict;

create table conflicts (
    motion blob not null references motions (id),
    member blob not null references council_members (id),
    kind text not null,
    statement text not null,
    primary key (motion, member)
) strict;

create table ballot_boxes (
    meeting blob primary key references meetings (id),
    public_key blob not null,
    sealed_key blob not null,
    teller_one blob not null references council_members (id),
    teller_two blob not null references council_members (id)
) strict;

create table ballot_counters (
    motion blob not null references motions (id),
    choice text not null,
    first blob not null,
    second blob not null,
    primary key (motion, choice)
) strict;

create table ballot_marks (
    meeting blob not null references meetings (id),
    member blob not null references council_members (id),
    voted integer not null,
    primary key (meeting, member)
) strict;

create table written_opinions (
    motion blob not null references motions (id),
    member blob not null references council_members (id),
    choice text not null,
    document text not null,
    primary key (motion, member)
) strict;

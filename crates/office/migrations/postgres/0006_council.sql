create table councils (
    id uuid primary key,
    name text not null,
    document text not null,
    from_on date not null,
    until_on date
);

create table council_members (
    id uuid primary key,
    council uuid not null references councils (id),
    person uuid not null references people (id),
    role text not null,
    position bigint not null,
    unique (council, person)
);

create table relations (
    person uuid not null references people (id),
    other uuid not null references people (id),
    kind text not null,
    primary key (person, other)
);

create table meetings (
    id uuid primary key,
    council uuid not null references councils (id),
    campaign uuid not null references campaigns (id),
    held_on date not null,
    place text not null,
    state text not null,
    tally_digest text,
    version bigint not null
);

create table attendance (
    meeting uuid not null references meetings (id),
    member uuid not null references council_members (id),
    present boolean not null,
    primary key (meeting, member)
);

create table motions (
    id uuid primary key,
    meeting uuid not null references meetings (id),
    nomination uuid not null references nominations (id),
    position bigint not null,
    ballot boolean not null,
    share_bp bigint,
    citation text not null,
    members bigint not null,
    recused bigint not null,
    tally text,
    outcome text,
    unique (meeting, nomination)
);

create table conflicts (
    motion uuid not null references motions (id),
    member uuid not null references council_members (id),
    kind text not null,
    statement text not null,
    primary key (motion, member)
);

create table ballot_boxes (
    meeting uuid primary key references meetings (id),
    public_key bytea not null,
    sealed_key bytea not null,
    teller_one uuid not null references council_members (id),
    teller_two uuid not null references council_members (id)
);

create table ballot_counters (
    motion uuid not null references motions (id),
    choice text not null,
    first bytea not null,
    second bytea not null,
    primary key (motion, choice)
);

create table ballot_marks (
    meeting uuid not null references meetings (id),
    member uuid not null references council_members (id),
    voted boolean not null,
    primary key (meeting, member)
);

create table written_opinions (
    motion uuid not null references motions (id),
    member uuid not null references council_members (id),
    choice text not null,
    document text not null,
    primary key (motion, member)
);

-- The public column "Thông tin khen thưởng": stories, whom they are about, their pictures, corrections, history.
create table stories (
    id uuid primary key,
    slug text not null unique,
    kind text not null,
    title text not null,
    summary text not null,
    body text not null,
    search_key text not null,
    clause text not null,
    decision uuid references decisions (id),
    initiative uuid references initiatives (id),
    state text not null,
    written_by uuid references accounts (id),
    written_name text not null,
    written_at timestamptz not null,
    reviewed_by uuid references accounts (id),
    reviewed_name text,
    publish_at timestamptz,
    settled_at timestamptz,
    settled_name text,
    settled_words text,
    version bigint not null
);
create index stories_by_state on stories (state, publish_at);
create index stories_by_clause on stories (clause);

-- A person or a collective that a story is about, with the consent on record.
create table story_people (
    id uuid primary key,
    story uuid not null references stories (id),
    name text not null,
    person uuid references people (id),
    is_person boolean not null,
    consent_on date,
    consent_how text,
    recorded_name text,
    recorded_at timestamptz,
    file_name text,
    digest text,
    media_type text,
    withdrawn_at timestamptz,
    withdrawn_name text,
    withdrawn_words text
);
create index story_people_by_story on story_people (story, id);
create index story_people_by_person on story_people (person);

create table story_pictures (
    id uuid primary key,
    story uuid not null references stories (id),
    alt text not null,
    added_at timestamptz not null,
    added_name text not null
);
create index story_pictures_by_story on story_pictures (story, id);

create table story_picture_files (
    picture uuid not null references story_pictures (id),
    width bigint not null,
    height bigint not null,
    size bigint not null,
    digest text not null,
    media_type text not null,
    primary key (picture, width)
);

-- A correction of what was published: the note that everybody reads, the text as it is to be, and as it was.
create table story_corrections (
    id uuid primary key,
    story uuid not null references stories (id),
    note text not null,
    title text not null,
    summary text not null,
    body text not null,
    proposed_by uuid references accounts (id),
    proposed_name text not null,
    proposed_at timestamptz not null,
    approved_name text,
    approved_at timestamptz,
    was_title text,
    was_summary text,
    was_body text
);
create index story_corrections_by_story on story_corrections (story, id);

create table story_steps (
    id uuid primary key,
    story uuid not null references stories (id),
    done_by uuid references accounts (id),
    done_name text not null,
    done_at timestamptz not null,
    verb text not null,
    words text not null
);
create index story_steps_by_story on story_steps (story, id);

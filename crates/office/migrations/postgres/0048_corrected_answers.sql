-- What a published answer said before it was corrected, with the reason and who corrected it.
create table petition_corrections (
    id uuid primary key,
    petition uuid not null references petition_publications (petition),
    title text not null,
    content text not null,
    answer text not null,
    reason text not null,
    account uuid references accounts (id),
    corrected_by text not null,
    corrected_at timestamptz not null,
    corrected_on date not null
);
create index petition_corrections_by_petition on petition_corrections (petition);

-- The supplement or disagreement that a file came with; none for what came with the letter itself.
alter table letter_files add column event uuid references petition_events (id);

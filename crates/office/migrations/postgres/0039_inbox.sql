-- The next due day of one petition is read from an index, whichever petition it is: with the one by due day alone, all
-- open clocks would be walked to find that a petition has none.
drop index petition_clocks_by_petition;
create index petition_clocks_by_petition on petition_clocks (petition, is_open, due_on);

-- The place of a petition in the inbox: what needs an answer first by its next due day, then the newest first.
alter table petitions add column inbox_key text collate "C" not null default '';
update petitions
set inbox_key = (
    select
        case when petitions.state in ('received', 'waiting', 'in_progress', 'to_sign', 'reopened') then '0 ' else '1 ' end
        || coalesce(
            (
                select cast(min(petition_clocks.due_on) as text) from petition_clocks
                where petition_clocks.petition = petitions.id and petition_clocks.is_open = true
            ),
            '9999-12-31'
        )
        || ' ' || cast(19999 - letters.year as text) || cast(199999999 - letters.number as text)
        || cast(1000 + petitions.place as text)
    from letters
    where letters.id = petitions.letter
);
create index petitions_by_inbox on petitions (inbox_key);

-- What is counted over all petitions is counted in an index, and the newest published answers are read from one.
drop index petitions_by_state;
create index petitions_by_state on petitions (state, kind);
create index petitions_by_kind on petitions (kind);
create index petitions_by_clause on petitions (clause, kind);
create index petition_publications_by_day on petition_publications (hidden, published_on, petition);

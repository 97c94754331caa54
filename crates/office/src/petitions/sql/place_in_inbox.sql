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
)
where id = $1

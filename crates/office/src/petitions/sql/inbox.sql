select petitions.id, petitions.letter, petitions.place, petitions.title, petitions.content, petitions.kind, petitions.clause,
    petitions.complex, petitions.state, petitions.lead_unit, petitions.duplicate_of, petitions.agency, petitions.document,
    petitions.answer, petitions.answered_by, petitions.answer_number, petitions.signed_on, petitions.signer,
    petitions.disagreed, petitions.rating, petitions.rating_words, petitions.search_key, petitions.version,
    petitions.inbox_key, letters.year, letters.number, letters.channel, letters.received_at, letters.received_on,
    letters.counts_from_on, letters.sender_kind, letters.sender_name, letters.address, letters.phone, letters.email,
    letters.tax_code, letters.enterprise, letters.people, letters.hide_name, letters.title as letter_title,
    letters.content as letter_content, letters.code_digest, letters.registered_by, letters.locked,
    letters.version as letter_version,
    (
        select petition_clocks.clock from petition_clocks
        where petition_clocks.petition = petitions.id and petition_clocks.is_open = true
            and petition_clocks.due_on is not null
        order by petition_clocks.due_on, petition_clocks.id limit 1
    ) as next_clock,
    (
        select min(petition_clocks.due_on) from petition_clocks
        where petition_clocks.petition = petitions.id and petition_clocks.is_open = true
    ) as next_due
from petitions
join letters on letters.id = petitions.letter
where petitions.inbox_key > $1
    and petitions.kind <> 'accusation'
    and ' ' || petitions.search_key like $2
    and ' ' || petitions.search_key like $12
    and ' ' || petitions.search_key like $13
    and ' ' || petitions.search_key like $14
    and ($3 = '' or petitions.state = $3)
    and ($4 = '' or petitions.kind = $4)
    and ($5 = '' or letters.channel = $5)
    and (petitions.lead_unit = $6 or $6 is null)
    and ($7 = '' or substr(petitions.inbox_key, 3, 10) < $7)
    and petitions.inbox_key < $8
    and (
        petitions.id in (
            select petition_units.petition from petition_units
            where petition_units.unit = $9 and petition_units.ended_on is null
        )
        or $9 is null
    )
    and ($11 = '' or petitions.clause = $11)
order by petitions.inbox_key
limit $10

select petitions.id
from petitions
where petitions.clause = $1
    and petitions.kind <> 'accusation'
    and petitions.id in (
        select petition_units.petition from petition_units
        where petition_units.unit = $2 and petition_units.ended_on is null
    )
order by petitions.id

select from_on, until_on from petition_pauses where petition = $1 order by from_on, id

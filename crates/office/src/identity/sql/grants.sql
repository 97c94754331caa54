select id, role, unit, from_on, until_on from grants where account = $1 order by from_on, id

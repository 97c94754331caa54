select id, position, named, document, given_on, withdrawn_on from initiative_consents where initiative = $1
order by id

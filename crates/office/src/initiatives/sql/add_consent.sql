insert into initiative_consents (id, initiative, position, named, document, given_on, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7)

insert into decisions (id, series, year, campaign, state, place, capacity, signer, created_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)

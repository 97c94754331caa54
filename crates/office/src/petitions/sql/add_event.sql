insert into petition_events
    (id, petition, kind, state, happened_at, happened_on, account, name, words, shown)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

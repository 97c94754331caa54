insert into programme_events
    (id, programme, number, state, happened_on, happened_at, account, name, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)

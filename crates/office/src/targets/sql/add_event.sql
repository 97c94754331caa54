insert into indicator_value_events (id, value, kind, happened_on, happened_at, account, name, words, amount, level, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

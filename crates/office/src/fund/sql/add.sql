insert into fund_entries (id, year, number, kind, amount, happened_on, document, words, line, reverses, recorded_at, account)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

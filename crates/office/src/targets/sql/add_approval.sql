insert into indicator_approvals (id, indicator, period, standing, amount, reported, definition, name, happened_at, words, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)

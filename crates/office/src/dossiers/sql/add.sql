insert into dossiers (code, source, unit, procedure_code, month, status, channel, received_on, due_on, finished_on, asked_on, supplied_on, supplements, legal_days, committed_days, input_digitised, result_digitised, rating, class, held_to, days)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
on conflict (code) do nothing

update dossiers set source = $2, unit = $3, procedure_code = $4, month = $5, status = $6, channel = $7, received_on = $8,
    due_on = $9, finished_on = $10, asked_on = $11, supplied_on = $12, supplements = $13, legal_days = $14,
    committed_days = $15, input_digitised = $16, result_digitised = $17, rating = $18, class = $19, held_to = $20,
    days = $21, due_has_waiting = $22
where code = $1

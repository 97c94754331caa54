update enterprise_connections
set withdrawn_on = $3, withdrawn_by = $4, withdrawn_why = $5, outcome = $6, outcome_on = $7, outcome_words = $8,
    version = version + 1
where id = $1 and version = $2

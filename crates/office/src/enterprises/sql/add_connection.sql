insert into enterprise_connections (id, enterprise, partner, partner_name, kind, what, clause, unit, happened_on, recorded_on,
    recorded_by, outcome, outcome_words, withdrawn_by, withdrawn_why, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', '', '', '', 1)

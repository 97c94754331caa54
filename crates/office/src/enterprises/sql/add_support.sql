insert into enterprise_supports (id, enterprise, kind, what, document, clause, unit, happened_on, recorded_on, recorded_by,
    withdrawn_by, withdrawn_why, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', 1)

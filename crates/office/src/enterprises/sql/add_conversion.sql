insert into enterprise_conversions (id, enterprise, kind, size_before, size_after, became, document, clause, unit, happened_on,
    recorded_on, recorded_by, withdrawn_by, withdrawn_why, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', 1)

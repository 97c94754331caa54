insert into initiative_decisions (id, initiative, kind, level, number, decided_on, issuer, council, scope, replicable,
    recorded_at, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

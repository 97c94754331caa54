select id, kind, level, number, decided_on, issuer, council, scope, replicable from initiative_decisions
where initiative = $1
order by decided_on, id

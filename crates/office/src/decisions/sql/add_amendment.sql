insert into amendments (id, decision, line, kind, name, title, reason, proposed_by, proposed_on, state, decided_by, decided_on, answer, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, null, 1)

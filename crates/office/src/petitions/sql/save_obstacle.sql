update obstacles
set state = $3, proposal = $4, proposed_on = $5, outcome = $6, decision = $7, decided_on = $8, version = version + 1
where id = $1 and version = $2

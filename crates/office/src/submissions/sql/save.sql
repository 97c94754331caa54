update submissions
set level = $3, state = $4, since_on = $5, reason = $6, decision_number = $7, decided_on = $8, version = version + 1
where id = $1 and version = $2

update amendments
set state = $3, decided_by = $4, decided_on = $5, answer = $6, version = version + 1
where id = $1 and version = $2

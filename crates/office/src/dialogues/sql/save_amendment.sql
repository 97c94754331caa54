update dialogue_amendments
set state = $2, settled_on = $3, settled_by = $4, reply = $5
where id = $1 and state = 'open'

update accounts
set name = $3, password_hash = $4, failures = $5, locked_until = $6, stopped_on = $7, version = version + 1
where id = $1 and version = $2

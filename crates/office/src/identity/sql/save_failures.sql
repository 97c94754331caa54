update accounts set failures = $2, locked_until = $3 where id = $1

select id from tasks where code = $1

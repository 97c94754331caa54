select count(*) as many from tasks where code like $1

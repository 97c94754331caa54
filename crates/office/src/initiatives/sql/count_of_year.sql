select count(*) as many from initiative_cases where code like $1

insert into published_models (initiative, title, problem, solution, search_key, published_on, version)
values ($1, $2, $3, $4, $5, $6, 1)

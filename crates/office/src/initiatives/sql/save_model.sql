update published_models
set title = $3, problem = $4, solution = $5, search_key = $6, published_on = $7, hidden_on = $8, version = version + 1
where initiative = $1 and version = $2

select initiative, title, problem, solution, published_on, hidden_on, version from published_models
where initiative = $1

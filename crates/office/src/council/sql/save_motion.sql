update motions set members = $2, recused = $3, tally = $4, outcome = $5 where id = $1

select min(period) as period from indicator_values where indicator = $1 and period >= $2

select indicator, year, amount from indicator_path where indicator = $1 order by year

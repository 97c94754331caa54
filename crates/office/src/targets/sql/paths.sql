select indicator, year, amount from indicator_path order by indicator, year

insert into indicator_path (indicator, year, amount) values ($1, $2, $3)

update tasks set series = $2, series_number = $3 where id = $1

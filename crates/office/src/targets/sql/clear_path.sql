delete from indicator_path where indicator = $1

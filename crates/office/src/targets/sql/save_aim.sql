update indicators
set baseline_year = $3, baseline_amount = $4, baseline_source = $5, path_source = $6, version = version + 1
where id = $1 and version = $2

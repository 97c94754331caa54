insert into indicators (id, code, clause, position, baseline_year, baseline_amount, baseline_source, path_source, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, 1)

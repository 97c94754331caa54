update conduct_reports
set state = $3, closed_on = $4, body_box = $5, unit_box = $6, outcome_box = $7, version = version + 1
where id = $1 and version = $2

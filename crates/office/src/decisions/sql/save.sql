update decisions
set year = $3, number = $4, state = $5, issued_on = $6, gap_reason = $7, annulled_on = $8, version = version + 1
where id = $1 and version = $2

update replications
set state = $3, answered_on = $4, answered_name = $5, answered_words = $6, stopped_on = $7, stopped_name = $8,
    stopped_words = $9, version = version + 1
where id = $1 and version = $2

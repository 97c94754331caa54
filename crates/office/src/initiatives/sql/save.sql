update initiative_cases
set name = $3, search_key = $4, sort_key = $5, unit = $6, clause = $7, field = $8, edition = $9, state = $10,
    settled_on = $11, settled_name = $12, settled_words = $13, submitted_on = $14, version = version + 1
where id = $1 and version = $2

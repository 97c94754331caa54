update tasks
set title = $3, search_key = $4, description = $5, clause = $6, weight = $7, due_on = $8, state = $9,
    reported_by = $10, reported_person = $11, reported_name = $12, reported_on = $13, reported_words = $14,
    settled_by = $15, settled_person = $16, settled_name = $17, settled_on = $18, settled_words = $19,
    version = version + 1
where id = $1 and version = $2

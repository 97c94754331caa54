update stories
set kind = $3, title = $4, summary = $5, body = $6, search_key = $7, clause = $8, decision = $9, initiative = $10,
    state = $11, reviewed_name = $12, publish_at = $13, settled_at = $14, settled_name = $15, settled_words = $16,
    version = version + 1
where id = $1 and version = $2

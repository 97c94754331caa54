update indicator_values
set definition = $3, amount = $4, level = $5, narrative = $6, remark = $7, follow_up = $8, state = $9, entered_by = $10,
    entered_name = $11, entered_at = $12, settled_name = $13, settled_at = $14, settled_words = $15, version = version + 1
where id = $1 and version = $2

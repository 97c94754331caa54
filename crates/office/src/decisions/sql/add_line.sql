insert into decision_lines (id, decision, position, nomination, subject, subject_id, name, search_key, title, unit_name, award,
    leader, achievement, exception_reason, exception_authority, overruled, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)

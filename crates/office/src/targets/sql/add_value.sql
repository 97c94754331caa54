insert into indicator_values (id, indicator, unit, period, definition, amount, level, narrative, remark, follow_up, state,
    entered_by, entered_name, entered_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)

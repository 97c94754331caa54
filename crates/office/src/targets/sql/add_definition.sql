insert into indicator_definitions (indicator, number, from_on, name, measured_in, nature, direction, accumulation, frequency,
    scope, roll_up, measure, places, least, most, method, reason, recorded_name, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)

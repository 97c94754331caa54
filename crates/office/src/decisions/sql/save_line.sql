update decision_lines
set name = $2, search_key = $3, title = $4, unit_name = $5, state = $6, register_number = $7, register_year = $8, code = $9,
    past_award = $10, bonus_multiple = $11, bonus_base = $12, bonus_amount = $13, bonus_citation = $14, paid_on = $15, signed_name = $16, signed_title = $17
where id = $1

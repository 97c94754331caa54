select coalesce(max(register_number), 0) as number from decision_lines where register_year = $1

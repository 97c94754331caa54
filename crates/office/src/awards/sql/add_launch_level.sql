insert into launch_decision_levels (decision, level, from_on, years) values ($1, $2, $3, $4)

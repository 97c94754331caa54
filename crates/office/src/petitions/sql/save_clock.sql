update petition_clocks set due_on = $2, met_on = $3, is_open = $4 where id = $1

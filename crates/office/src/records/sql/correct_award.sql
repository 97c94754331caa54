update past_awards set type = $2, decided_on = $3 where id = $1 and decision_line is null

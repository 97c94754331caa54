update petition_units set opinion = $2, answered_on = $3, ended_on = $4 where id = $1

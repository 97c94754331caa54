update launch_decisions set withdrawn_on = $2 where id = $1 and withdrawn_on is null

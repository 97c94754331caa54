update posts set unit = $2 where id = $1

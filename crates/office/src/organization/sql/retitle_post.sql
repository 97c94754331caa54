update posts set title = $2, leader = $3 where id = $1

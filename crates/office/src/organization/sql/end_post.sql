update posts set until_on = $2 where id = $1 and (until_on is null or until_on > $2)

update grants set until_on = $3 where id = $1 and account = $2 and (until_on is null or until_on > $3)

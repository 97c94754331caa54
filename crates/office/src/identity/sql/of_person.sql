select id from accounts where person = $1 and (stopped_on is null or stopped_on > $2) order by id

update nominations set settled_on = $2 where id = $1

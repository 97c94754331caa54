update nominations set award = $2 where id = $1

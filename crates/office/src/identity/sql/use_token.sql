update access_tokens set used_on = $2 where id = $1

select id from indicators where code = $1

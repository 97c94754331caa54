insert into sessions (token_hash, account, began_at, seen_at) values ($1, $2, $3, $3)

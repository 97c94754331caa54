select account, began_at, seen_at from sessions where token_hash = $1

update notices set read_at = $2 where account = $1 and read_at is null

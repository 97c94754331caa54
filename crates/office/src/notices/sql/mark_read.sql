update notices set read_at = $3 where id = $1 and account = $2 and read_at is null

select count(*) as many from notices where account = $1 and read_at is null

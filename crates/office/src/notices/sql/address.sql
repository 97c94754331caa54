select address, confirmed_at from notice_addresses where account = $1

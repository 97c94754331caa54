update notice_addresses set confirmed_at = $2 where account = $1

delete from notice_addresses where account = $1

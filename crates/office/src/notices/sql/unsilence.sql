delete from notice_silences where account = $1 and kind = $2

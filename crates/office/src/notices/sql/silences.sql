select kind from notice_silences where account = $1 order by kind

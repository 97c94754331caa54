select made_on from task_feeds where account = $1 and withdrawn_on is null order by id desc

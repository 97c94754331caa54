update task_feeds set withdrawn_on = $2 where account = $1 and withdrawn_on is null

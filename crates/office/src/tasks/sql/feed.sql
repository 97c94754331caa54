select account from task_feeds where digest = $1 and withdrawn_on is null

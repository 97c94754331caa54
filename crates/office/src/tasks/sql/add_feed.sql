insert into task_feeds (id, account, digest, made_on) values ($1, $2, $3, $4)

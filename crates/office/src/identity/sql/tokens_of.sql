select id, account, name, scope, made_on, last_on, used_on, withdrawn_on from access_tokens where account = $1 order by id desc

select id, account, name, scope, made_on, last_on, used_on, withdrawn_on from access_tokens order by id desc

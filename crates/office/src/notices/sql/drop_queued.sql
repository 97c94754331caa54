update notice_mails
set state = 'dropped'
where account = $1
    and state = 'queued'
    and ($2 = '' or notice in (select id from notices where account = $1 and kind = $2))

insert into notice_mails (id, account, notice, address, state, attempts, queued_at, next_at)
values ($1, $2, $3, $4, 'queued', 0, $5, $5)

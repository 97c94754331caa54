update notice_mails
set attempts = attempts + 1, next_at = $3
where id = $1 and attempts = $2 and state = 'queued'

update notice_mails set state = $2, sent_at = $3, fault = coalesce($4, fault) where id = $1 and state = 'queued'

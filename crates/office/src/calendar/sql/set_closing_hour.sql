update calendar_state set closes_at = $1, closes_document = $2 where id = 1

select closes_at, closes_document from calendar_state where id = 1

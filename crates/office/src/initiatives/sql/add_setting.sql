insert into initiative_settings (id, setting, value, document, set_at, set_by) values ($1, $2, $3, $4, $5, $6)

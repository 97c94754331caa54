select setting, value, document, set_at, set_by from initiative_settings order by id desc

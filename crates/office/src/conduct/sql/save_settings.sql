update conduct_settings
set small_cell = $2, small_unit = $3, keep_months = $4, ground = $5, set_by = $6, set_on = $7, version = version + 1
where id = 1 and version = $1

select version, small_cell, small_unit, keep_months, ground, set_by, set_on from conduct_settings where id = 1

select version from calendar_state where id = 1

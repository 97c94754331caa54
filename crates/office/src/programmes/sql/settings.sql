select version, shortest_reason from programme_settings where id = 1

update programme_settings set shortest_reason = $2, version = version + 1 where id = 1 and version = $1

update conduct_keys set private_box = $3, state = $4, version = version + 1 where id = $1 and version = $2

select id, account, public_key, private_box, state, made_on, version from conduct_keys where id = $1

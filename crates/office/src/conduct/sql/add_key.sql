insert into conduct_keys (id, account, public_key, private_box, state, made_on, version)
values ($1, $2, $3, $4, $5, $6, 1)

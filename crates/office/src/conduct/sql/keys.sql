select id, account, public_key, private_box, state, made_on, version from conduct_keys order by made_on, id

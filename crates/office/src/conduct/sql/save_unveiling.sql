update conduct_unveilings
set state = $3, second_holder = $4, settled_on = $5, asker_box = $6, second_box = $7, version = version + 1
where id = $1 and version = $2

update dialogue_guests set was_there = $2 where id = $1

select id, dialogue, name, person, enterprise, was_there from dialogue_guests where dialogue = $1 order by id

select id, dialogue, name, person, enterprise, was_there, standing, reply from dialogue_guests where code_digest = $1

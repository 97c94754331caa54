insert into dialogue_guests (id, dialogue, name, person, enterprise, code_digest) values ($1, $2, $3, $4, $5, $6)

insert into dialogue_guests (id, dialogue, name, code_digest, standing, phone, applied_on) values ($1, $2, $3, $4, $5, $6, $7)

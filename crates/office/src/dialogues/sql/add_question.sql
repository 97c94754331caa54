insert into dialogue_questions (id, dialogue, guest, asker, question, asked_on, by_code) values ($1, $2, $3, $4, $5, $6, $7)

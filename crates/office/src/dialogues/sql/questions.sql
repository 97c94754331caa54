select id, dialogue, guest, asker, question, asked_on, by_code, petition from dialogue_questions where dialogue = $1 order by id

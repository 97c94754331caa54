insert into dialogue_items (id, dialogue, what) values ($1, $2, $3)

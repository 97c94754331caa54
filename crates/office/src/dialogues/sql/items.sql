select id, what from dialogue_items where dialogue = $1 order by id

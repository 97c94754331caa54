delete from dialogue_items where id = $1 and dialogue = $2

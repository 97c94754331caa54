update dialogue_questions set petition = $2 where id = $1 and petition is null and locked = false

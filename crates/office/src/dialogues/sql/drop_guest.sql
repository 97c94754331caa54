delete from dialogue_guests where id = $1

update dialogue_guests set code_digest = $2 where id = $1

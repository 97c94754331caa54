update dossiers set held_to = $2, class = $3 where code = $1

update dossiers set answer = $2, answered_on = $3 where code = $1 and answer is null

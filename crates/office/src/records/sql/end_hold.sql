update holds set until_on = $2, released_by = $3 where id = $1 and released_by is null

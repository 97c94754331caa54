update outsiders set born_year = $2, occupation = $3, place = $4 where person = $1

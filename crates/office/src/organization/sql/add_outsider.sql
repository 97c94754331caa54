insert into outsiders (person, born_year, occupation, place) values ($1, $2, $3, $4)

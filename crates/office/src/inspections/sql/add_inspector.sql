insert into inspection_people (inspection, person, position) values ($1, $2, $3)

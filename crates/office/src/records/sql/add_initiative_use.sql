insert into initiative_uses (initiative, person, award, year) values ($1, $2, $3, $4)

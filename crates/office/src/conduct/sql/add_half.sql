insert into conduct_halves (unveiling, holder, box) values ($1, $2, $3)

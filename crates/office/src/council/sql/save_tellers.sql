update meetings set teller_one = $2, teller_two = $3 where id = $1

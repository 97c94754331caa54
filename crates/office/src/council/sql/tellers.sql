select teller_one, teller_two from meetings where id = $1 and teller_one is not null

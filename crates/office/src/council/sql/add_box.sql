insert into ballot_boxes (meeting, public_key, sealed_key, teller_one, teller_two) values ($1, $2, $3, $4, $5)

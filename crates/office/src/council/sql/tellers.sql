select teller_one, teller_two from ballot_boxes where meeting = $1

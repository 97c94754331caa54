delete from ballot_boxes where meeting = $1

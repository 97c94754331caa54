delete from ballot_marks where meeting = $1

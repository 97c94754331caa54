select member, voted from ballot_marks where meeting = $1 order by member

update ballot_counters set first = $2, second = $2 where motion in (select id from motions where meeting = $1)

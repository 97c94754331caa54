delete from ballot_counters where motion in (select id from motions where meeting = $1)

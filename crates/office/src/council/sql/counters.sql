select choice, first, second from ballot_counters where motion = $1 order by choice

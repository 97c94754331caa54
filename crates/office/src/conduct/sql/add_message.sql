insert into conduct_messages (id, report, place, from_reporter, written_on, box) values ($1, $2, $3, $4, $5, $6)

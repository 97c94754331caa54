insert into conduct_unveilings (id, report, asker, asked_on, reason_box, state, version)
values ($1, $2, $3, $4, $5, $6, 1)

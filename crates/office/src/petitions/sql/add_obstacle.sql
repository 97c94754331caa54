insert into obstacles (id, title, description, state, proposal, outcome, decision, version)
values ($1, $2, $3, $4, '', '', '', 1)

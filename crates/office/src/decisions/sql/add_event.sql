insert into line_events (id, line, happened_on, account, verb, was, became, reason) values ($1, $2, $3, $4, $5, $6, $7, $8)

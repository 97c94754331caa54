insert into launch_decisions (id, plan, document, decided_on, account, recorded_on) values ($1, $2, $3, $4, $5, $6)

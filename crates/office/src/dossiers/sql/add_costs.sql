insert into procedure_costs (procedure_code, version, body, reason, account, saved_at) values ($1, $2, $3, $4, $5, $6)

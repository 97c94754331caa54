select version, body, reason, saved_at from procedure_costs where procedure_code = $1 order by version desc

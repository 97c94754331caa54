update enterprise_conversions
set withdrawn_on = $3, withdrawn_by = $4, withdrawn_why = $5, version = version + 1
where id = $1 and version = $2

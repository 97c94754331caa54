select period, procedure_code, unit, body from dossier_cells
where period >= $1 and period <= $2 and procedure_code = $3 and unit = $4

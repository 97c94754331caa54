select distinct unit from dossier_cells where period >= 'Y' and procedure_code = '' and unit > '' order by unit

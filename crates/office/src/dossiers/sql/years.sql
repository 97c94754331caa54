select distinct substr(period, 2, 4) as year from dossier_cells where period >= 'Y' and procedure_code = '' and unit = '' order by year desc

select distinct substr(month, 1, 4) as year from dossier_tallies where procedure_code = '' order by year desc

select distinct unit from dossier_tallies where procedure_code = '' order by unit

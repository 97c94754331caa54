select code, name from dossier_procedures order by code

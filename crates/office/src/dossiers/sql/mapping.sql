select version, body from dossier_mappings where source = $1 order by version desc limit 1

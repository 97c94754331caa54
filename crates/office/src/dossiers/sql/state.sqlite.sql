select counted, last_import from dossier_state where id = 1

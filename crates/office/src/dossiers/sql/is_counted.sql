select counted from dossier_state where id = 1

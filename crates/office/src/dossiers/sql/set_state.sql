update dossier_state set counted = $1, last_import = $2 where id = 1

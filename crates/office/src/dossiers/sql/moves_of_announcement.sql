select code, withdrawal, old_on, new_on from dossier_moves where announcement = $1 order by id limit $2

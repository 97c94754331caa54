insert into dossier_faults (import, place, line, name, value, what) values ($1, $2, $3, $4, $5, $6)

insert into dossier_mappings (source, version, body, account, saved_at) values ($1, $2, $3, $4, $5)

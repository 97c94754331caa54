insert into nomination_files (id, nomination, item, name, digest, size, media_type) values ($1, $2, $3, $4, $5, $6, $7)

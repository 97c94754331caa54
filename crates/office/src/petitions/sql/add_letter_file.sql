insert into letter_files (id, letter, name, digest, media_type, size, event) values ($1, $2, $3, $4, $5, $6, $7)

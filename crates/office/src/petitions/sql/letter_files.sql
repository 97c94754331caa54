select id, name, digest, media_type, size from letter_files where letter = $1 order by id

select id, name, digest, media_type, size, event from letter_files where letter = $1 order by id

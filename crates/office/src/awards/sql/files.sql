select id, item, name, digest, size, media_type from nomination_files where nomination = $1 order by id

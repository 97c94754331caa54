select id, name, digest, size, media_type from submission_files where submission = $1 order by id

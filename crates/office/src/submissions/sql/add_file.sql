insert into submission_files (id, submission, name, digest, size, media_type, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7)

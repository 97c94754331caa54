insert into indicator_value_files (id, value, name, digest, size, media_type, recorded_at, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)

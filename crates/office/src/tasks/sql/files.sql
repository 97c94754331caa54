select id, name, digest, size, media_type, recorded_at, recorded_by from task_files where task = $1 order by id

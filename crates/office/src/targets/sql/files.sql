select id, name, digest, size, media_type, recorded_at, recorded_by from indicator_value_files where value = $1 order by id

select id, name, digest, size, media_type, recorded_at, recorded_by from finding_files where finding = $1 order by id

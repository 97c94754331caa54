select id, replication, purpose, name, digest, size, media_type, recorded_at, recorded_by from initiative_files
where initiative = $1
order by id

select id, name, digest, media_type, size from petition_draft_files where draft = $1 order by id

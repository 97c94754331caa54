insert into petition_draft_files (id, draft, name, digest, media_type, size) values ($1, $2, $3, $4, $5, $6)

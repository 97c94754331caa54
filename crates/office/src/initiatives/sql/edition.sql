select edition, content, written_at, written_name, submitted_on from initiative_editions
where initiative = $1 and edition = $2

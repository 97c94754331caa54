insert into initiative_editions (initiative, edition, content, written_at, written_name) values ($1, $2, $3, $4, $5)

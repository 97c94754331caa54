insert into story_pictures (id, story, alt, added_at, added_name) values ($1, $2, $3, $4, $5)

insert into story_steps (id, story, done_by, done_name, done_at, verb, words) values ($1, $2, $3, $4, $5, $6, $7)

insert into story_people (id, story, name, person, is_person) values ($1, $2, $3, $4, $5)

insert into story_corrections (id, story, note, title, summary, body, proposed_by, proposed_name, proposed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)

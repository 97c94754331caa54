delete from story_corrections where story = $1 and approved_at is null

select story, max(approved_at) as last_at from story_corrections where approved_at is not null group by story

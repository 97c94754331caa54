select id, alt from story_pictures where story = $1 order by id

select story from story_pictures where id = $1

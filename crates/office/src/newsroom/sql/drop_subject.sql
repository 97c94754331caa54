delete from story_people where id = $1

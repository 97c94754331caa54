delete from story_picture_files where picture = $1

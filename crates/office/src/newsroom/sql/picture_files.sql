select picture, width, height, size, digest, media_type
from story_picture_files
where picture in (select id from story_pictures where story = $1)
order by picture, width

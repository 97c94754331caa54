insert into story_picture_files (picture, width, height, size, digest, media_type) values ($1, $2, $3, $4, $5, $6)

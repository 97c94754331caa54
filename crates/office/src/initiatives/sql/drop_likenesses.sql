delete from initiative_likenesses where one = $1 or other = $1

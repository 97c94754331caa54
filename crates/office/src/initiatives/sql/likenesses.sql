select one, other, name_score, text_score from initiative_likenesses where one = $1 or other = $1

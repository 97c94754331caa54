update story_people
set withdrawn_at = $2, withdrawn_name = $3, withdrawn_words = $4
where id = $1 and withdrawn_at is null

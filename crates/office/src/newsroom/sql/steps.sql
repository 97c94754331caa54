select done_by, done_name, done_at, verb, words from story_steps where story = $1 order by id

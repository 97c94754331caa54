select id, story, name, person, is_person, consent_on, consent_how, recorded_name, recorded_at,
    file_name, digest, media_type, withdrawn_at, withdrawn_name, withdrawn_words
from story_people
where person = $1
order by id desc

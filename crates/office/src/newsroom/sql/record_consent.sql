update story_people
set consent_on = $2, consent_how = $3, recorded_name = $4, recorded_at = $5, file_name = $6, digest = $7,
    media_type = $8, withdrawn_at = null, withdrawn_name = null, withdrawn_words = null
where id = $1

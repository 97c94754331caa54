update story_corrections
set approved_name = $2, approved_at = $3, was_title = $4, was_summary = $5, was_body = $6
where id = $1 and approved_at is null

select id, note, title, summary, body, proposed_by, proposed_name, proposed_at, approved_name, approved_at,
    was_title, was_summary, was_body
from story_corrections
where story = $1
order by id

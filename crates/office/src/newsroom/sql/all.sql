select id, slug, kind, title, summary, body, clause, decision, initiative, state, written_by, written_name, written_at,
    reviewed_name, publish_at, settled_at, settled_name, settled_words, version
from stories
order by id desc

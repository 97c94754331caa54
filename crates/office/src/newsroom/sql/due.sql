select id, slug, kind, title, summary, body, clause, decision, initiative, state, written_by, written_name, written_at,
    reviewed_name, publish_at, settled_at, settled_name, settled_words, version
from stories
where state = 'scheduled' and publish_at <= $1
order by publish_at, id

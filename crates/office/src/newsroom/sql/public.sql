select id, slug, kind, title, summary, body, clause, decision, initiative, state, written_by, written_name, written_at,
    reviewed_name, publish_at, settled_at, settled_name, settled_words, version
from stories
where state in ('scheduled', 'published')
    and publish_at <= $1
    and search_key like $2
    and ($3 = '' or kind = $3)
    and not exists (
        select 1 from story_people
        where story = stories.id and is_person = true and (consent_on is null or withdrawn_at is not null)
    )
order by publish_at desc, id desc
limit $5 offset $4

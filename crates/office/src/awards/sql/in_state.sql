select id, campaign, award, subject, subject_id, unit, leader, state, achievement, summary, submitted_on, snapshot, verdict,
    cast(null as text) as answer, facts_digest, outcome, created_by, version,
    (
        select max(nomination_events.at)
        from nomination_events
        where nomination_events.nomination = nominations.id and nomination_events.verb = 'nomination.annul'
    ) as annulled_at
from nominations
where state = $1
order by id

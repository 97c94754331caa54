select id, campaign, award, subject, subject_id, unit, leader, state, achievement, summary, submitted_on, snapshot, verdict,
    cast(null as text) as answer, facts_digest, outcome, created_by, version
from nominations
where state = $1
order by id

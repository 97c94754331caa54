select id, campaign, award, subject, subject_id, unit, leader, state, achievement, summary, submitted_on, snapshot, verdict, answer,
    facts_digest, outcome, created_by, version
from nominations
where subject = $1 and subject_id = $2
order by id

update nominations
set leader = $3, state = $4, achievement = $5, summary = $6, submitted_on = $7, snapshot = $8, verdict = $9, answer = $10,
    facts_digest = $11, outcome = $12, version = version + 1
where id = $1 and version = $2

insert into nominations (id, campaign, award, subject, subject_id, unit, leader, state, achievement, summary, created_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)

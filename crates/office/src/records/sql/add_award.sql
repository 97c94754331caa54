insert into past_awards
    (id, subject, subject_id, award, year, type, number, decided_on, achievement, decision_line, revoked_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

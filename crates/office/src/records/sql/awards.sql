select id, subject, subject_id, award, year, type, number, decided_on, achievement, decision_line, revoked_on
from past_awards
where subject = $1 and subject_id = $2
order by year, decided_on, id

select id, subject, subject_id, award, year, type, number, decided_on, achievement, decision_line, revoked_on
from past_awards
where subject = 'person'
order by subject_id, year, decided_on, id

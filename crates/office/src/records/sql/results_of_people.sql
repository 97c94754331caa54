select id, subject, subject_id, stage, year, quality, leads, document
from movement_results
where subject = 'person'
order by subject_id, year, stage

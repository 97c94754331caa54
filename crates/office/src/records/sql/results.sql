select id, subject, subject_id, stage, year, quality, leads, document
from movement_results
where subject = $1 and subject_id = $2
order by year, stage

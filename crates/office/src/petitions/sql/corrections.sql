select title, content, answer, reason, corrected_by, corrected_on
from petition_corrections
where petition = $1
order by corrected_at, id

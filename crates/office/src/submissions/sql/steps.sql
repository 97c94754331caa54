select kind, happened_on, level, words, recorded_at, account
from submission_steps
where submission = $1
order by id

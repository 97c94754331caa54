insert into submission_steps (id, submission, kind, happened_on, level, words, recorded_at, account)
values ($1, $2, $3, $4, $5, $6, $7, $8)

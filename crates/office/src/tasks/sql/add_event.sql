insert into task_events (id, task, kind, happened_on, happened_at, account, person, name, words, due_was, due_became)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

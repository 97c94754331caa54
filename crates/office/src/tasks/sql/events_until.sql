select task, kind, happened_on, happened_at, account, person, name, words, due_was, due_became from task_events where happened_on <= $1 order by id

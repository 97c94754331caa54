select id, dialogue, what, unit, due_on, task from dialogue_commitments order by id

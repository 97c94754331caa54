select id, dialogue, what, unit, due_on, task from dialogue_commitments where dialogue = $1 order by id

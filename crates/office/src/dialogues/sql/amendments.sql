select id, dialogue, guest, words, proposed_on, state, settled_on, settled_by, reply
from dialogue_amendments
where dialogue = $1
order by id

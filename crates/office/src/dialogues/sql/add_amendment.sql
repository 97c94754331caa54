insert into dialogue_amendments (id, dialogue, guest, words, proposed_on, state, settled_by, reply)
values ($1, $2, $3, $4, $5, 'open', '', '')

select id, dialogue, name, person, enterprise, was_there, standing, reply
from dialogue_guests
where dialogue = $1 and standing = 'invited'
order by id

select id, dialogue, name, person, enterprise, was_there, standing, reply, phone, applied_on
from dialogue_guests
where dialogue = $1 and applied_on is not null
order by id

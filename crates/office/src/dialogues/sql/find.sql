select id, title, clause, place, held_on, unit, state, reason, minutes, frozen_on, frozen_by, digest, published_on, published_by,
    result, version, begins, register_until
from dialogues
where id = $1

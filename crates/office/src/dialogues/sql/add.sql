insert into dialogues (id, title, clause, place, held_on, unit, state, reason, minutes, frozen_by, digest, published_by,
    result, version)
values ($1, $2, $3, $4, $5, $6, $7, '', '', '', '', '', '', 1)

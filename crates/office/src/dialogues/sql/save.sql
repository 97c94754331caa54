update dialogues
set place = $3, held_on = $4, state = $5, reason = $6, minutes = $7, frozen_on = $8, frozen_by = $9, digest = $10,
    published_on = $11, published_by = $12, result = $13, begins = $14, register_until = $15, version = version + 1
where id = $1 and version = $2

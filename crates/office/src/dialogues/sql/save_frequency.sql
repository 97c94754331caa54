insert into dialogue_frequency (id, months, ground, document, set_on, set_by) values (1, $1, $2, $3, $4, $5)
on conflict (id) do update
set months = excluded.months, ground = excluded.ground, document = excluded.document, set_on = excluded.set_on,
    set_by = excluded.set_by

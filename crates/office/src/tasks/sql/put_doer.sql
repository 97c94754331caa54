insert into task_doers (task, person, left_on) values ($1, $2, $3)
on conflict (task, person) do update set left_on = excluded.left_on

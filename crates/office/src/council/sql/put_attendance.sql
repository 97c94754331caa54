insert into attendance (meeting, member, present) values ($1, $2, $3)
on conflict (meeting, member) do update set present = excluded.present

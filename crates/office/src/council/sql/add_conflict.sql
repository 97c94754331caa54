insert into conflicts (motion, member, kind, statement) values ($1, $2, $3, $4)
on conflict (motion, member) do nothing

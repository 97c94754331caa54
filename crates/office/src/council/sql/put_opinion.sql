insert into written_opinions (motion, member, choice, document) values ($1, $2, $3, $4)
on conflict (motion, member) do update set choice = excluded.choice, document = excluded.document

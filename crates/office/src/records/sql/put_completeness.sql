insert into registers (register, complete_since, document) values ($1, $2, $3)
on conflict (register) do update set complete_since = excluded.complete_since, document = excluded.document

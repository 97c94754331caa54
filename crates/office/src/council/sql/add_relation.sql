insert into relations (person, other, kind) values ($1, $2, $3) on conflict (person, other) do update set kind = excluded.kind

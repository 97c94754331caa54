insert into reevaluation (id, gate, document) values (1, $1, $2)
on conflict (id) do update set gate = excluded.gate, document = excluded.document

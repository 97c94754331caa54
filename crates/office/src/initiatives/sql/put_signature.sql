insert into initiative_signatures (id, name_signature, text_signature) values ($1, $2, $3)
on conflict (id) do update set name_signature = excluded.name_signature, text_signature = excluded.text_signature

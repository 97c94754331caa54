insert into dossier_procedures (code, name) values ($1, $2)
on conflict (code) do update set name = excluded.name

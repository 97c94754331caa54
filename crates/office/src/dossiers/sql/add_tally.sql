insert into dossier_tallies (procedure_code, month, unit, measure, value, many)
values ($1, $2, $3, $4, $5, $6)
on conflict (procedure_code, month, unit, measure, value) do update set many = dossier_tallies.many + excluded.many

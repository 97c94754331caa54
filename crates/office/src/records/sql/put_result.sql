insert into movement_results (id, subject, subject_id, stage, year, quality, leads, document)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (subject, subject_id, stage, year)
do update set quality = excluded.quality, leads = excluded.leads, document = excluded.document

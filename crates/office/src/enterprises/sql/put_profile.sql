insert into enterprise_profiles (enterprise, size, sector, sector_key, ended_on, ended_why)
values ($1, $2, $3, $4, $5, $6)
on conflict (enterprise) do update
set size = excluded.size, sector = excluded.sector, sector_key = excluded.sector_key,
    ended_on = excluded.ended_on, ended_why = excluded.ended_why

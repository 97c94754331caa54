insert into notices (id, account, kind, dedup, subject, url, raised_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (account, dedup) do nothing

insert into notice_silences (account, kind) values ($1, $2) on conflict (account, kind) do nothing

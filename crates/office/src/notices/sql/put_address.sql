insert into notice_addresses (account, address, entered_at) values ($1, $2, $3)
on conflict (account) do update set address = excluded.address, entered_at = excluded.entered_at, confirmed_at = null

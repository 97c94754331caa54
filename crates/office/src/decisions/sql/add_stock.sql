insert into stocks (award, layout, version) values ($1, $2, 1)
on conflict (award) do nothing

insert into conduct_figures_key (id, public_key) values (1, $1)
on conflict (id) do update set public_key = excluded.public_key

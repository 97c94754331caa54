insert into conduct_figures_boxes (holder, box) values ($1, $2)
on conflict (holder) do update set box = excluded.box

insert into conduct_boxes (report, holder, box) values ($1, $2, $3)
on conflict (report, holder) do update set box = excluded.box

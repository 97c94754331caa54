insert into conduct_identity_boxes (report, first_holder, second_holder, box) values ($1, $2, $3, $4)
on conflict (report, first_holder, second_holder) do update set box = excluded.box

insert into initiative_likenesses (one, other, name_score, text_score) values ($1, $2, $3, $4)
on conflict (one, other) do update set name_score = excluded.name_score, text_score = excluded.text_score

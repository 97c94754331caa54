insert into initiative_judgements (id, one, other, judgement, words, judged_at, judged_by)
values ($1, $2, $3, $4, $5, $6, $7)

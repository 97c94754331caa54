select one, other, judgement, words, judged_at, judged_by from initiative_judgements
where one = $1 or other = $1
order by id

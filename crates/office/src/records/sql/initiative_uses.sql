select initiative, award, year from initiative_uses where person = $1 order by year, award

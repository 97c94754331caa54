select person, initiative, award, year from initiative_uses order by person, year, award

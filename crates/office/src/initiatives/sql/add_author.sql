insert into initiative_case_authors (initiative, position, person, name, workplace, share)
values ($1, $2, $3, $4, $5, $6)

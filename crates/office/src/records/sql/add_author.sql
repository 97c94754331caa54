insert into initiative_authors (initiative, person, share_percent) values ($1, $2, $3)

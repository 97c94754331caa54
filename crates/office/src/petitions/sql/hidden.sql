select count(*) as many from petition_publications where hidden = true

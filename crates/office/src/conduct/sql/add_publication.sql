insert into conduct_publications (year, content, published_on) values ($1, $2, $3)

select year, content, published_on from conduct_publications order by year desc

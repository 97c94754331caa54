select petition as id, title, content
from petition_publications
where hidden = false
order by published_on desc, petition desc
limit $1

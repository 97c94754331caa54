select petition, title, content, answer, sender_name, redacted_by, published_on, hidden, hidden_why, hidden_by
from petition_publications
where hidden = false and search_key like $1
order by published_on desc, petition desc
limit $3 offset $2

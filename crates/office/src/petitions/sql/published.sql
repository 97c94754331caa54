select petition, title, content, answer, sender_name, redacted_by, published_on, hidden, hidden_why, hidden_by
from petition_publications
where hidden = false
    and ' ' || search_key like $1
    and ' ' || search_key like $4
    and ' ' || search_key like $5
    and ' ' || search_key like $6
order by published_on desc, petition desc
limit $3 offset $2

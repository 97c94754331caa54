select petition, title, content, answer, sender_name, redacted_by, published_on, hidden, hidden_why, hidden_by, search_key
from petition_publications
order by published_on desc, petition desc

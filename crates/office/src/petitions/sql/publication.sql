select petition, title, content, answer, sender_name, redacted_by, published_on, hidden, hidden_why, hidden_by
from petition_publications
where petition = $1

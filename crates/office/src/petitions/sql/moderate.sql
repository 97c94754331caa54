update petition_publications
set hidden = $2, hidden_why = $3, hidden_by = $4, hidden_at = $5
where petition = $1

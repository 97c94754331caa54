update petition_publications
set title = $2, content = $3, answer = $4, search_key = $5
where petition = $1

update motions
set members = $2, recused = $3, tally = $4, outcome = $5, ballot = $6, share_bp = $7, share_of = $8, citation = $9
where id = $1

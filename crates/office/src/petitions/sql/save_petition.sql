update petitions
set title = $3, content = $4, kind = $5, clause = $6, complex = $7, state = $8, lead_unit = $9, duplicate_of = $10,
    agency = $11, document = $12, answer = $13, answered_by = $14, answer_number = $15, signed_on = $16, signer = $17,
    disagreed = $18, rating = $19, rating_words = $20, search_key = $21, version = version + 1
where id = $1 and version = $2

insert into petitions
    (id, letter, place, title, content, kind, clause, complex, state, agency, document, answer, answer_number, signer,
    disagreed, rating_words, search_key, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', '', '', 0, '', $10, 1)

select id, letter, place, title, content, kind, clause, complex, state, lead_unit, duplicate_of, agency, document, answer,
    answered_by, answer_number, signed_on, signer, disagreed, rating, rating_words, search_key, version
from petitions
where id = $1

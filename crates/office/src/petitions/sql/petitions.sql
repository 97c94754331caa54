select id, letter, place, title, content, kind, clause, complex, state, lead_unit, duplicate_of, agency, document, answer,
    answered_by, answer_number, signed_on, signer, disagreed, rating, rating_words, search_key, version
from petitions
where kind <> 'accusation'
    and ($1 = false or state in ('received', 'waiting', 'in_progress', 'to_sign', 'answered', 'reopened'))
order by id desc

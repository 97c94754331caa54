select id, dialogue, guest, asker, question, asked_on, by_code, petition, locked, handed_to, hand_over_document
from dialogue_questions
where dialogue = $1
order by id

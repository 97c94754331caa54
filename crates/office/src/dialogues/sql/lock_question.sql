update dialogue_questions
set locked = true, handed_to = $2, hand_over_document = $3
where id = $1 and locked = false and petition is null

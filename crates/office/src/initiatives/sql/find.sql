select id, code, name, unit, clause, field, edition, state, settled_on, settled_name, settled_words, written_by, written_on, submitted_on, version from initiative_cases where id = $1

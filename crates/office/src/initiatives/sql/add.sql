insert into initiative_cases (id, code, name, search_key, sort_key, unit, clause, field, edition, state, written_by,
    written_on, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

insert into stories (
    id, slug, kind, title, summary, body, search_key, clause, decision, initiative, state,
    written_by, written_name, written_at, version
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)

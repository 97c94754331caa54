insert into petition_publications
    (petition, title, content, answer, sender_name, redacted_by, published_at, published_on, search_key, hidden,
    hidden_why, hidden_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, false, '', '')
on conflict (petition) do update
set title = excluded.title, content = excluded.content, answer = excluded.answer,
    sender_name = excluded.sender_name, redacted_by = excluded.redacted_by, published_at = excluded.published_at,
    published_on = excluded.published_on, search_key = excluded.search_key

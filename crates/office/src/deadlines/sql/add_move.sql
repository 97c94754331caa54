insert into term_moves (id, announcement, withdrawal, subject, subject_id, old_on, new_on, moved_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)

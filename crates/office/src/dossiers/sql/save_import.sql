update dossier_imports set state = $2, row_count = $3, created = $4, updated = $5, unchanged = $6, rejected = $7,
    unknown_columns = $8, dropped_columns = $9, why = $10, moved_at = $11
where id = $1

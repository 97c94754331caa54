insert into dossier_imports (id, source, digest, mapping_version, state, row_count, created, updated, unchanged, rejected,
    unknown_columns, dropped_columns, why, account, began_at, moved_at)
values ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, '', '', '', $6, $7, $7)

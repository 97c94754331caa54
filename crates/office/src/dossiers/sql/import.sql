select id, source, digest, mapping_version, state, row_count, created, updated, unchanged, rejected, unknown_columns, dropped_columns, why, began_at, moved_at
from dossier_imports where id = $1

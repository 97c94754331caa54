update initiatives
set recognised_on = $3, scope = $4, replicable = $5, document = $6, scope_on = $7, scope_document = $8,
    version = version + 1
where id = $1 and version = $2

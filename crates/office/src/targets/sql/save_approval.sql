update indicator_approvals
set standing = $4, amount = $5, reported = $6, definition = $7, name = $8, happened_at = $9, words = $10, version = version + 1
where indicator = $1 and period = $2 and version = $3

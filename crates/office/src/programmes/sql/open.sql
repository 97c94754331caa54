update launch_receipts
set opened_at = $3, opened_by = $4, opened_by_name = $5
where launch = $1 and unit = $2 and opened_at is null

select unit, opened_at, opened_by_name from launch_receipts where launch = $1 order by unit

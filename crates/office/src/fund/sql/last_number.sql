select coalesce(max(number), 0) as number from fund_entries where year = $1

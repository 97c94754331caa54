select coalesce(max(number), 0) + 1 as number from nomination_versions where nomination = $1

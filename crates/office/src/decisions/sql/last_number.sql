select coalesce(max(number), 0) as number from decisions where series = $1 and year = $2

select id, unit from programmes where unit = $1

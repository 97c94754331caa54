select snapshot from nomination_versions where nomination = $1 order by number

select snapshot from nomination_versions where nomination = $1 and (cause is null or cause = 'submit') order by number

select distinct initiative from initiative_case_authors where person = $1

select position, person, name, workplace, share from initiative_case_authors where initiative = $1 order by position

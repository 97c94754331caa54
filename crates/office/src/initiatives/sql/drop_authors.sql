delete from initiative_case_authors where initiative = $1

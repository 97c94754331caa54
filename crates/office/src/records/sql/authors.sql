select person, share_percent from initiative_authors where initiative = $1 order by share_percent desc, person

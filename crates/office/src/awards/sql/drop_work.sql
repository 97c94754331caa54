delete from nomination_initiatives where nomination = $1 and initiative = $2

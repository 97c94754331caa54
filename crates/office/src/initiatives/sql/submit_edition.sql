update initiative_editions set submitted_on = $3 where initiative = $1 and edition = $2

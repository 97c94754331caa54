select holder from conduct_boxes where report = $1 order by holder

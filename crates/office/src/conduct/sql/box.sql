select box from conduct_boxes where report = $1 and holder = $2

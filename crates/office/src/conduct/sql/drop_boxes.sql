delete from conduct_boxes where report = $1

delete from conduct_boxes where holder = $1

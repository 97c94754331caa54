delete from conduct_identity_boxes where report = $1

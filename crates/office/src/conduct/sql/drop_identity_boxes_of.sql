delete from conduct_identity_boxes where first_holder = $1 or second_holder = $1

select first_holder, second_holder, box from conduct_identity_boxes where report = $1 order by first_holder, second_holder

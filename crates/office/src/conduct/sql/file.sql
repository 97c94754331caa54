select head_box, box from conduct_files where report = $1 and id = $2

insert into conduct_files (id, report, place, head_box, box) values ($1, $2, $3, $4, $5)

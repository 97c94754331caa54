select id, head_box from conduct_files where report = $1 order by place

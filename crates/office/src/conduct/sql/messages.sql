select id, from_reporter, written_on, box from conduct_messages where report = $1 order by place

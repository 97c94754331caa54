select id, name from covenants order by id

select id, name from covenants where id = $1

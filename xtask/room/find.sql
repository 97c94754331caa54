select id, name, version from things where id = $1

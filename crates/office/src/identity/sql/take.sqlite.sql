select id, login, name, person, password_hash, failures, locked_until, stopped_on, version from accounts where id = $1

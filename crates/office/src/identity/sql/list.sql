select id, login, name, person, password_hash, failures, locked_until, stopped_on, version from accounts order by login

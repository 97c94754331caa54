select id, tax_code, name, kind, commune, version from enterprises where id = $1

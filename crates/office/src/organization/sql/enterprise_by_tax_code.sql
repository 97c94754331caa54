select id, tax_code, name, kind, commune, version from enterprises where tax_code = $1

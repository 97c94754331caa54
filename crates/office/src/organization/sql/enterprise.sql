select id, tax_code, name, kind, commune, merged_into, version from enterprises where id = $1

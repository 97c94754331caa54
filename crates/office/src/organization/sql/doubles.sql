select id, tax_code, name, kind, commune, merged_into, version from enterprises where merged_into = $1 order by id

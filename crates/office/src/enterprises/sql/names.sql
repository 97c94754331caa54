select id, name, tax_code, merged_into from enterprises

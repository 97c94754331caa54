update letters
set sender_name = $3, address = $4, phone = $5, email = $6, tax_code = $7, enterprise = $8, locked = $9,
    version = version + 1
where id = $1 and version = $2

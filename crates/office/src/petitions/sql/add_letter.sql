insert into letters
    (id, year, number, channel, received_at, received_on, counts_from_on, sender_kind, sender_name, address, phone,
    email, tax_code, enterprise, people, hide_name, title, content, code_digest, registered_by, locked, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)

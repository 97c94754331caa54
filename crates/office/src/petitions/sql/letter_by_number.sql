select id, year, number, channel, received_at, received_on, counts_from_on, sender_kind, sender_name, address, phone, email,
    tax_code, enterprise, people, hide_name, title, content, code_digest, registered_by, locked, version
from letters
where year = $1 and number = $2

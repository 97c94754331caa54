select id, year, number, channel, received_at, received_on, counts_from_on, sender_kind, sender_name, address, phone, email,
    tax_code, enterprise, people, hide_name, title, content, code_digest, registered_by, locked, version
from letters
where $1 = false
    or id in (
        select letter from petitions
        where state in ('received', 'waiting', 'in_progress', 'to_sign', 'answered', 'reopened')
    )
order by year desc, number desc

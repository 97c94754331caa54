select id, account, kind, subject, url, raised_at, read_at
from notices
where account = $1
order by raised_at desc, id desc
limit $3 offset $2

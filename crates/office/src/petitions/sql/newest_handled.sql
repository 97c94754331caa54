select title, content
from petitions
where kind in ('regulation', 'obstacle')
    and state in ('received', 'waiting', 'in_progress', 'to_sign', 'reopened')
order by id desc
limit $1

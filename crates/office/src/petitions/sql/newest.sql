select id, title, content
from petitions
where kind <> 'accusation'
order by id desc
limit $1

select clause, count(*) as many
from petitions
where kind <> 'accusation'
group by clause
order by clause

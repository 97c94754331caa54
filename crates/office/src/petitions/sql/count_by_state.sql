select state, count(*) as many
from petitions
where kind <> 'accusation'
group by state
order by state

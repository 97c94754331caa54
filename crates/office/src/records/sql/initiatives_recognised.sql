select scope, count(*) as many
from initiatives
where recognised_on >= $1 and recognised_on <= $2
group by scope
order by scope

select clause, count(*) as many
from (
    select clause from enterprise_supports where withdrawn_on is null
    union all
    select clause from enterprise_connections where withdrawn_on is null
    union all
    select clause from enterprise_conversions where withdrawn_on is null
) as events
group by clause
order by clause

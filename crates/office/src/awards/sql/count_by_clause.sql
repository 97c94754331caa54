select clause, count(*) as many
from (
    select campaigns.clause as clause, nominations.id as id
    from nominations join campaigns on campaigns.id = nominations.campaign
    union
    select achievements.clause as clause, nominations.id as id
    from nominations join achievements on achievements.id = nominations.achievement
) as hanging
group by clause order by clause

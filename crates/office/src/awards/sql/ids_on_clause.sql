select nominations.campaign, nominations.id
from nominations
join campaigns on campaigns.id = nominations.campaign
where campaigns.clause = $1
    or nominations.achievement in (select achievements.id from achievements where achievements.clause = $1)
order by nominations.campaign, nominations.id

select count(*) as many
from enterprise_connections
where withdrawn_on is null
  and enterprise in (select one.id from enterprises as one where one.id in ($1, $2) or one.merged_into in ($1, $2))
  and partner in (select one.id from enterprises as one where one.id in ($1, $2) or one.merged_into in ($1, $2))

select launch_decisions.id, launch_decisions.document, launch_decisions.decided_on, launch_decisions.recorded_on,
    launch_decisions.withdrawn_on, accounts.name as by_name
from launch_decisions
left join accounts on accounts.id = launch_decisions.account
where launch_decisions.plan = $1
order by launch_decisions.id

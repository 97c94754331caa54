select launch_decision_levels.decision, launch_decision_levels.level, launch_decision_levels.from_on,
    launch_decision_levels.years
from launch_decision_levels
join launch_decisions on launch_decisions.id = launch_decision_levels.decision
where launch_decisions.plan = $1
order by launch_decision_levels.decision, launch_decision_levels.level

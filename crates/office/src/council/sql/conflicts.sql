select conflicts.motion, conflicts.member, conflicts.kind, conflicts.statement
from conflicts
join motions on motions.id = conflicts.motion
where motions.meeting = $1
order by motions.position, conflicts.member

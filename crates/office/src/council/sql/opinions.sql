select written_opinions.motion, written_opinions.member, written_opinions.choice, written_opinions.document
from written_opinions
join motions on motions.id = written_opinions.motion
where motions.meeting = $1
order by motions.position, written_opinions.member

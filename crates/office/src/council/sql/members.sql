select council_members.id, council_members.person, council_members.role, people.name
from council_members
join people on people.id = council_members.person
where council_members.council = $1
order by council_members.position

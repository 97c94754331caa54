select relations.person, people.name, relations.other, others.name as other_name, relations.kind
from relations
join people on people.id = relations.person
join people as others on others.id = relations.other
order by people.sort_key, others.sort_key, relations.person, relations.other

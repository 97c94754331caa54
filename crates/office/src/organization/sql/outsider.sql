select people.id as person, people.name, people.version, outsiders.born_year, outsiders.occupation, outsiders.place
from outsiders
join people on people.id = outsiders.person
where people.id = $1

select people.id as person, people.staff_code, people.name, people.born_on, people.female, people.ethnic_group,
    people.category, people.version
from people
where people.id = $1

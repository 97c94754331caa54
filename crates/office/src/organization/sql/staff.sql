select people.id as person, people.staff_code, people.name, people.born_on, people.female, people.ethnic_group,
    people.category, people.version
from people
where people.staff_code is not null
order by people.staff_code

select people.id as person, people.staff_code, people.name, people.born_on, people.female, people.ethnic_group,
    people.category, people.version,
    posts.id as post, posts.unit, posts.title, posts.leader, posts.from_on, posts.until_on
from posts
join people on people.id = posts.person
join units on units.id = posts.unit
where units.kind <> 'agency' and posts.from_on <= $1 and (posts.until_on is null or posts.until_on > $1)
order by posts.leader desc, people.sort_key, people.id, posts.from_on, posts.id

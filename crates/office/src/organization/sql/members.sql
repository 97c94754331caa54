select people.id as person, people.staff_code, people.name, people.born_on, people.female, people.ethnic_group,
    people.category, people.version,
    posts.id as post, posts.unit, posts.title, posts.leader, posts.from_on, posts.until_on
from posts
join people on people.id = posts.person
where posts.unit = $1 and posts.from_on <= $2 and (posts.until_on is null or posts.until_on > $2)
order by posts.leader desc, people.sort_key, people.id, posts.from_on, posts.id

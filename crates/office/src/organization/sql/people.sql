select people.id as person, people.staff_code, people.name, people.born_on, people.female, people.ethnic_group,
    people.category, people.version,
    posts.id as post, posts.unit, posts.title, posts.leader, posts.from_on, posts.until_on,
    units.code as unit_code, unit_names.name as unit_name
from people
left join posts on posts.id = (
    select held.id from posts as held
    where held.person = people.id and held.from_on <= $1 and (held.until_on is null or held.until_on > $1)
    order by held.from_on, held.id
    limit 1
)
left join units on units.id = posts.unit
left join unit_names on unit_names.unit = units.id
    and unit_names.from_on = (
        select max(borne.from_on) from unit_names as borne where borne.unit = units.id and borne.from_on <= $1
    )
where (
        exists (
            select 1 from posts as there
            where there.person = people.id and there.unit = $2
              and there.from_on <= $1 and (there.until_on is null or there.until_on > $1)
        )
        or $2 is null
    )
  and (
        (' ' || people.search_key like $3 and ' ' || people.search_key like $8 and ' ' || people.search_key like $9 and ' ' || people.search_key like $10)
        or people.staff_code = $4
    )
  and (posts.id is not null or not exists (select 1 from outsiders where outsiders.person = people.id))
  and (people.sort_key, people.id) > ($5, $6)
order by people.sort_key, people.id
limit $7

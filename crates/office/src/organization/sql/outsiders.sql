select people.id as person, people.name, people.version, outsiders.born_year, outsiders.occupation, outsiders.place
from outsiders
join people on people.id = outsiders.person
where ' ' || people.search_key like $2 and ' ' || people.search_key like $3 and ' ' || people.search_key like $4 and ' ' || people.search_key like $5
  and not exists (
        select 1 from posts
        join units on units.id = posts.unit
        where posts.person = people.id and units.kind <> 'agency'
          and posts.from_on <= $1 and (posts.until_on is null or posts.until_on > $1)
    )
order by people.sort_key, people.id
limit $6

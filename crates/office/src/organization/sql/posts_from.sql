select posts.id as post, posts.person, posts.unit, posts.title, posts.leader, posts.from_on, posts.until_on
from posts
where posts.until_on is null or posts.until_on > $1
order by posts.from_on, posts.id

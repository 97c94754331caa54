select posts.id as post, posts.person, posts.unit, posts.title, posts.leader, posts.from_on, posts.until_on
from posts
where posts.id = $1

select id, title, message, due_on, launched_at, launched_on, launched_by_name
from launches
where id = $1

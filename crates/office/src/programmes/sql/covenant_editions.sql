select id, covenant, number, text, drawn_up_on, locked_at, version
from covenant_versions
where covenant = $1
order by number

select id, programme, number, state, theme, contents, criteria, forms, author, submitter, version
from programme_versions
where programme = $1
order by number
